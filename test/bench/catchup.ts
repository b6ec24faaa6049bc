// Goals 11, 12 and 14: ten thousand archived messages into the sealed store, beside a bare client that only counts them.
import { longHistory } from '../../src/engine/seed/population.ts';
import type { EngineKind } from '../../src/engine/plan.ts';
import { cpuMsOf, firstThreadCpuMsBeside } from '../kit/process-tree.ts';
import { startEngine } from '../kit/engines/start-engine.ts';
import { floorPage, ourPage, type ArchiveFacts, type ArchiveWish } from './kit/archive-pages.ts';
import { startControlServer, type ControlServer } from './kit/control-server.ts';
import { openBrowser } from './kit/plain-browser.ts';
import { ratioRow, type RatioGoal } from './kit/ratio-row.ts';
import type { Measured, Row } from './kit/report.ts';
import { interleave, quantile, ratios, spread } from './kit/stats.ts';

const NOW = Date.UTC(2026, 5, 1, 8);
const DEADLINE_MS = 120_000;
/** Chromium's own further renderers have none. */
const WORKER = /^SharedWorker/;

interface Run extends ArchiveFacts {
  /** Of the whole tree of processes. */
  cpuMs: number;
  /** Of the page's own thread. */
  mainMs: number;
}

export async function measure({ quick }: { quick: boolean }): Promise<Measured> {
  const engines: EngineKind[] = quick ? ['ejabberd'] : ['ejabberd', 'prosody'];
  const total = 10_000;
  const parts: Measured[] = [];
  for (const engine of engines) parts.push(await measureOn(engine, total, quick ? 3 : 9));
  const control = parts[0]?.control;
  return { rows: parts.flatMap(({ rows }) => rows), ...(control && { control }), notes: parts.flatMap(({ notes = [] }) => notes) };
}

async function measureOn(kind: EngineKind, total: number, rounds: number): Promise<Measured> {
  const people = ['mia', 'omar'].map((name) => ({ name, password: name, contacts: [] }));
  const engine = await startEngine({ engine: kind, users: people, archive: longHistory(['mia', 'omar'], total, NOW) });
  const server = await startControlServer();
  const wish: ArchiveWish = { service: engine.ws, domain: engine.domain, user: 'mia', password: 'mia', total };
  server.page('/floor', floorPage(wish));
  server.page('/ours', ourPage(wish, `omar@${engine.domain}`, false));
  server.page('/typing', ourPage(wish, `omar@${engine.domain}`, true));
  const runs: Record<'floor' | 'control' | 'ours' | 'typing', Run[]> = { floor: [], control: [], ours: [], typing: [] };
  const trial = (name: keyof typeof runs, path: string) => async (): Promise<number> => {
    const run = await runOnce(server, path);
    if (run.count < total) throw new Error(`${path} on ${kind} has ${run.count} of ${total} messages`);
    runs[name].push(run);
    return run.ms;
  };
  try {
    await interleave({ floor: trial('floor', '/floor'), control: trial('control', '/floor'), ours: trial('ours', '/ours') }, rounds);
    await interleave({ typing: trial('typing', '/typing') }, Math.ceil(rounds / 3));
  } finally {
    await server.close();
    await engine.stop();
  }
  return {
    rows: rowsOf(kind, total, runs),
    control: ratios(wallOf(runs.control), wallOf(runs.floor)),
    notes: [
      `${kind}: long tasks while the chat itself opened, by round: ${runs.ours.map(({ openingTasks = [] }) => `[${openingTasks.join(' ')}]`).join(' ')} ms`,
    ],
  };
}

async function runOnce(server: ControlServer, path: string): Promise<Run> {
  const browser = openBrowser(`${server.url}${path}`);
  try {
    await server.told('ready', DEADLINE_MS);
    const cpuBefore = cpuMsOf(browser.pid);
    server.answer('go', true);
    if (path !== '/floor') await server.told('painted', DEADLINE_MS);
    const mainBefore = firstThreadCpuMsBeside(browser.pid, WORKER);
    const facts = await server.told<ArchiveFacts>('done', DEADLINE_MS);
    const [cpuMs, mainMs] = [cpuMsOf(browser.pid) - cpuBefore, firstThreadCpuMsBeside(browser.pid, WORKER) - mainBefore];
    return { ...facts, cpuMs, mainMs };
  } finally {
    await browser.close();
  }
}

const wallOf = (runs: readonly Run[]): number[] => runs.map(({ ms }) => ms);
const cpuOf = (runs: readonly Run[]): number[] => runs.map(({ cpuMs }) => cpuMs);

const besideBare = (most: number): RatioGoal => ({ most, goal: `<= ${most} of the bare client` });

function rowsOf(kind: EngineKind, total: number, { floor, ours, typing }: { floor: Run[]; ours: Run[]; typing: Run[] }): Row[] {
  const tasks = ours.flatMap(({ longTasks = [] }) => longTasks);
  const main = spread(ours.map(({ mainMs }) => (mainMs * 10_000) / total)).median;
  const keys = typing.flatMap(({ keys: found = [] }) => found);
  return [
    ratioRow(`11 ${kind}, catch-up of ${total}`, wallOf(ours), wallOf(floor), besideBare(1.35)),
    ratioRow(`11 ${kind}, CPU of the whole browser`, cpuOf(ours), cpuOf(floor), besideBare(2)),
    { id: `12 ${kind}, tasks above 50 ms`, unit: 'tasks', ours: tasks.length, goal: '0', pass: tasks.length === 0 },
    { id: `12 ${kind}, CPU of the main thread per 10,000`, unit: 'ms', ours: main, goal: '<= 100', pass: main <= 100 },
    {
      id: `14 ${kind}, key to paint meanwhile, p99`,
      unit: 'ms',
      ours: quantile(keys, 0.99),
      goal: '<= 33',
      pass: quantile(keys, 0.99) <= 33,
    },
  ];
}
