// Goals 12, 13 and 14: five thousand messages in one burst into the open thread, beside a page that only counts the frames.
import { floorBurstPage, ourBurstPage, type BurstFacts, type FloorFacts } from './kit/burst-pages.ts';
import { startControlServer, type ControlServer } from './kit/control-server.ts';
import { openBrowser } from './kit/plain-browser.ts';
import { startReplayServer, type Burst, type ReplayServer } from './kit/replay-server.ts';
import { ratioRow } from './kit/ratio-row.ts';
import type { Measured, Row } from './kit/report.ts';
import { interleave, quantile, ratios, spread } from './kit/stats.ts';

const COUNT = 5_000;
const DEADLINE_MS = 120_000;

type OurRun = BurstFacts & Burst;

export async function measure({ quick }: { quick: boolean }): Promise<Measured> {
  const rounds = quick ? 3 : 9;
  const server = await startControlServer();
  const replay = await startReplayServer();
  server.page('/floor', floorBurstPage(replay));
  server.page('/ours', ourBurstPage(replay, false));
  server.page('/typing', ourBurstPage(replay, true));
  const ours: OurRun[] = [];
  const typing: OurRun[] = [];
  const floor = (): Promise<number> => floorThroughput(server, replay);
  try {
    const values = await interleave({ floor, control: floor, ours: () => ourThroughput(server, replay, '/ours', ours) }, rounds);
    for (let left = quick ? 1 : 5; left > 0; left--) await ourThroughput(server, replay, '/typing', typing);
    return { rows: rowsOf(values, ours, typing), control: ratios(values.control, values.floor) };
  } finally {
    await server.close();
    await replay.close();
  }
}

/** Messages a second, from the first byte of the burst until the last message was heard. */
async function floorThroughput(server: ControlServer, replay: ReplayServer): Promise<number> {
  const { startedAt, facts } = await runOnce<FloorFacts>(server, replay, '/floor');
  if (facts.count !== COUNT) throw new Error(`the floor heard ${facts.count} of ${COUNT} messages`);
  return perSecond(facts.heardAt - startedAt);
}

/** The same until the last message was painted. */
async function ourThroughput(server: ControlServer, replay: ReplayServer, path: string, runs: OurRun[]): Promise<number> {
  const { startedAt, heardAt, facts } = await runOnce<BurstFacts>(server, replay, path);
  runs.push({ ...facts, startedAt, heardAt });
  return perSecond(facts.paintedAt - startedAt);
}

async function runOnce<Facts>(server: ControlServer, replay: ReplayServer, path: string): Promise<Burst & { facts: Facts }> {
  const browser = openBrowser(`${server.url}${path}`);
  try {
    await server.told('ready', DEADLINE_MS);
    const [burst, facts] = await Promise.all([replay.burst(COUNT), server.told<Facts>('done', DEADLINE_MS)]);
    return { ...burst, facts };
  } finally {
    await browser.close();
  }
}

const perSecond = (ms: number): number => (COUNT * 1000) / ms;

function rowsOf(values: { floor: number[]; ours: number[] }, ours: OurRun[], typing: OurRun[]): Row[] {
  const behind = spread(ours.map(({ paintedAt, heardAt }) => paintedAt - heardAt));
  const tasks = ours.flatMap(({ longTasks }) => longTasks);
  const excess = Math.max(...ours.map(({ renders, frames }) => renders - frames));
  const [idle, keys] = [typing.flatMap(({ idleKeys }) => idleKeys), typing.flatMap((run) => run.keys)].map(p99) as [number, number];
  return [
    {
      id: '13 last message painted after the last frame was heard',
      unit: 'ms',
      ours: behind.median,
      goal: '<= 100',
      pass: behind.median <= 100,
    },
    ratioRow('13 throughput until painted', values.ours, values.floor, {
      unit: 'messages/s',
      least: 0.5,
      goal: '>= 0.5 of the receive floor',
    }),
    { id: '13 renders beyond the frames shown', unit: 'renders', ours: excess, goal: '<= 0', pass: excess <= 0 },
    { id: `12 tasks above 50 ms during ${ours.length} bursts`, unit: 'tasks', ours: tasks.length, goal: '0', pass: tasks.length === 0 },
    {
      id: '14 key to paint during the burst, p99',
      unit: 'ms',
      floor: idle,
      ours: keys,
      goal: '<= 33 and <= 2 of idle',
      pass: keys <= 33 && keys <= 2 * idle,
    },
  ];
}

const p99 = (values: readonly number[]): number => quantile(values, 0.99);
