// The laws of growth, each by two points: an archive a hundred times as long, a hundred times as many conversations, eight tabs instead of one.
import type { Person } from '../../src/engine/population.ts';
import { longHistory } from '../../src/engine/seed/population.ts';
import { startEngine, type TestEngine } from '../kit/engines/start-engine.ts';
import { pssMibOf, threadCpuMsOf } from '../kit/process-tree.ts';
import { startControlServer, type ControlServer } from './kit/control-server.ts';
import { seenPage, tabPage, type SeenFacts } from './kit/growth-pages.ts';
import { openBrowser } from './kit/plain-browser.ts';
import { startReplayServer } from './kit/replay-server.ts';
import type { Measured, Row } from './kit/report.ts';
import { interleave, ratios, spread } from './kit/stats.ts';

const NOW = Date.UTC(2026, 5, 1, 8);
const MOST = 1.15;
const RENDERER = /--type=renderer/;
const WORKER = /^SharedWorker/;
const BURST = 1_000;

type Seen = SeenFacts & { mib: number };

export async function measure({ quick }: { quick: boolean }): Promise<Measured> {
  const rounds = quick ? 2 : 9;
  const server = await startControlServer();
  try {
    const archive = await growArchive(server, quick ? [1_000, 10_000] : [1_000, 100_000], rounds);
    const conversations = await growConversations(server, [10, 1_000], rounds);
    const tabs = await growTabs(server, [1, 8], quick ? 2 : 5);
    const control = ratios(archive.control, archive.floor);
    return {
      rows: [...archive.rows, ...conversations, ...tabs],
      control,
      notes: ['the floor of each row is the smaller of the two points'],
    };
  } finally {
    await server.close();
  }
}

async function growArchive(
  server: ControlServer,
  sizes: readonly [number, number],
  rounds: number,
): Promise<{ rows: Row[]; control: number[]; floor: number[] }> {
  const people = ['mia', 'omar'].map((name) => ({ name, password: name }));
  const engines = await Promise.all(
    sizes.map((size) => startEngine({ engine: 'prosody', users: people, archive: longHistory(['mia', 'omar'], size, NOW) })),
  );
  const [small, large] = engines as [TestEngine, TestEngine];
  const seen: Record<'floor' | 'control' | 'ours', Seen[]> = { floor: [], control: [], ours: [] };
  const trial = (name: keyof typeof seen, engine: TestEngine) => async (): Promise<number> => {
    const one = await lookOnce(server, engine, 'omar');
    seen[name].push(one);
    return one.threadMs;
  };
  try {
    const values = await interleave({ floor: trial('floor', small), control: trial('control', small), ours: trial('ours', large) }, rounds);
    const what = `archive ${sizes.join(' → ')}`;
    const rows = [
      law(`${what}, time to the thread`, 'ms', values.floor, values.ours),
      law(`${what}, memory of the renderers`, 'MiB', mibOf(seen.floor), mibOf(seen.ours)),
      law(`${what}, a frame while scrolling`, 'ms', frameOf(seen.floor), frameOf(seen.ours)),
    ];
    return { rows, control: values.control, floor: values.floor };
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
  }
}

const mibOf = (seen: readonly Seen[]): number[] => seen.map(({ mib }) => mib);
const frameOf = (seen: readonly Seen[]): number[] => seen.map(({ frameMs }) => frameMs);

/** Everybody is a contact of `mia` and has an account: an engine answers for each that has none. The first one has written to her. */
function crowd(count: number): Person[] {
  const names = Array.from({ length: count }, (_, at) => `friend${at}`);
  const contacts = names.map((name) => ({ name, displayName: name, groups: [] }));
  return [{ name: 'mia', password: 'mia', contacts }, ...names.map((name) => ({ name, password: name }))];
}

async function growConversations(server: ControlServer, sizes: readonly [number, number], rounds: number): Promise<Row[]> {
  const engines = await Promise.all(
    sizes.map((size) => startEngine({ engine: 'prosody', users: crowd(size), archive: longHistory(['mia', 'friend0'], 200, NOW) })),
  );
  const [few, many] = engines as [TestEngine, TestEngine];
  const seen: Record<'few' | 'many', Seen[]> = { few: [], many: [] };
  const trial = (name: keyof typeof seen, engine: TestEngine) => async (): Promise<number> => {
    const one = await lookOnce(server, engine, 'friend0');
    seen[name].push(one);
    return one.listMs;
  };
  try {
    const values = await interleave({ few: trial('few', few), many: trial('many', many) }, rounds);
    const drawn = Math.max(...seen.many.map(({ rows }) => rows));
    const what = `conversations ${sizes.join(' → ')}`;
    return [
      law(`${what}, time to the list`, 'ms', values.few, values.many),
      law(`${what}, time to a thread`, 'ms', threadOf(seen.few), threadOf(seen.many)),
      { id: `${what}, rows drawn`, unit: 'rows', ours: drawn, goal: '<= 60, as many as are seen', pass: drawn <= 60 },
    ];
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
  }
}

const threadOf = (seen: readonly Seen[]): number[] => seen.map(({ threadMs }) => threadMs);

async function lookOnce(server: ControlServer, engine: TestEngine, other: string): Promise<Seen> {
  server.page('/seen', seenPage(engine.ws, { address: `mia@${engine.domain}`, password: 'mia' }, `${other}@${engine.domain}`));
  // The page differs from engine to engine, so it must not come from a cache: each visit has a profile of its own.
  const browser = openBrowser(`${server.url}/seen`);
  try {
    await server.told('ready');
    server.answer('go', true);
    const facts = await server.told<SeenFacts>('seen');
    return { ...facts, mib: pssMibOf(browser.pid, RENDERER) };
  } finally {
    await browser.close();
  }
}

/** A burst into a thread that one tab shows: the hidden ones must cost the worker nothing. */
async function growTabs(server: ControlServer, counts: readonly [number, number], rounds: number): Promise<Row[]> {
  const replay = await startReplayServer();
  const credentials = { address: `${replay.user}@${replay.domain}`, password: replay.password };
  server.page('/tab', tabPage(replay.service, credentials, replay.sender));
  const sockets: number[] = [];
  const trial = (tabs: number) => async (): Promise<number> => {
    const browser = openBrowser(`${server.url}/tab?n=0&tabs=${tabs}`, { flags: ['--disable-popup-blocking'] });
    try {
      for (let left = tabs; left > 0; left--) await server.told('tab:ready');
      const before = threadCpuMsOf(browser.pid, WORKER);
      await replay.burst(BURST);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      if (tabs > 1) sockets.push(replay.sockets());
      return threadCpuMsOf(browser.pid, WORKER) - before;
    } finally {
      await browser.close();
    }
  };
  try {
    const values = await interleave({ one: trial(counts[0]), many: trial(counts[1]) }, rounds);
    const most = Math.max(...sockets);
    return [
      law(`tabs ${counts.join(' → ')}, CPU of the worker for ${BURST} messages`, 'ms', values.one, values.many),
      { id: `tabs ${counts.join(' → ')}, sockets`, unit: 'sockets', floor: 1, ours: most, goal: '1', pass: most === 1 },
    ];
  } finally {
    await replay.close();
  }
}

function law(id: string, unit: string, small: readonly number[], large: readonly number[]): Row {
  const ratio = ratios(large, small);
  return { id, unit, floor: spread(small).median, ours: spread(large).median, ratio, goal: `<= ${MOST}`, pass: ratio.median <= MOST };
}
