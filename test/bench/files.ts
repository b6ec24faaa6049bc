// A file of a hundred megabytes, sealed, from one browser through an engine to another: time over the floor, memory, the page meanwhile, and what
// becomes of one that is given up, or whose engine dies, in the middle. In Chromium; `--only=firefox` or `webkit` for the others, `times` or `cuts` for
// a part. Over ejabberd, which takes a file in within two seconds; `prosody` needs half a minute and more for it, whoever sends.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EngineKind } from '../../src/engine/plan.ts';
import { startEngine, type TestEngine } from '../kit/engines/start-engine.ts';
import { openAnyBrowser, type BrowserName } from '../kit/open-any-browser.ts';
import { bundlePage } from './kit/bundle-page.ts';
import { startControlServer, type ControlServer } from './kit/control-server.ts';
import { CONTENT, filePage, type FileOrder, type FileStep } from './kit/file-page.ts';
import type { FloorOrder } from './in-browser/file-floor.ts';
import { watchMemory, type Peak } from './kit/memory-watch.ts';
import { ratioRow } from './kit/ratio-row.ts';
import type { Measured, Row } from './kit/report.ts';
import { ratios } from './kit/stats.ts';
import { cpuMsOf, treeOf } from '../kit/process-tree.ts';
import { askSlot } from './kit/upload-slot.ts';
import type { MeasureOptions } from './measure.ts';

const SIZE = 100_000_000;
const MIB = 1024 * 1024;
const PATIENCE_MS = 120_000;
const MOST_TASK_MS = 50;
/** One of so many beats is the engine's, where it is held back. */
const SLOWNESS = 10;
const BEAT_MS = 10;
const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox', 'webkit'];
const [SENDER, READER] = ['mia', 'omar'] as const;

interface Round {
  /** Onto the disk and out of the composer, then until the engine has it and the message; for the reader from the press until it is here. */
  up: number;
  shown: number;
  down: number;
  /** Of the whole browser. */
  cpu: Cpu;
  tasks: number[];
  upPeak: Peak;
  downPeak: Peak;
}

export async function measure({ quick, only }: MeasureOptions): Promise<Measured> {
  const parts = new Set(only ?? []);
  const browsers = BROWSERS.filter((name) => parts.has(name));
  const done: Measured[] = [];
  for (const browser of browsers.length > 0 ? browsers : [BROWSERS[0] ?? 'chromium'])
    done.push(
      await measureIn(browser, {
        engine: parts.has('prosody') ? 'prosody' : 'ejabberd',
        rounds: parts.has('cuts') ? 0 : quick ? 1 : 5,
        endures: !parts.has('times'),
      }),
    );
  return {
    rows: done.flatMap(({ rows }) => rows),
    notes: done.flatMap(({ notes = [] }) => notes),
    ...(done[0]?.control && { control: done[0].control }),
  };
}

interface Course {
  engine: EngineKind;
  rounds: number;
  endures: boolean;
}

async function measureIn(browser: BrowserName, { engine: kind, rounds, endures }: Course): Promise<Measured> {
  const contactsOf = (name: string) => [{ name, displayName: name, groups: [] }];
  const engine = await startEngine({
    engine: kind,
    users: [
      { name: SENDER, password: SENDER, contacts: contactsOf(READER) },
      { name: READER, password: READER, contacts: contactsOf(SENDER) },
    ],
  });
  const server = await startControlServer();
  const bench = new Bench(browser, engine, server);
  try {
    await bench.begin();
    const floor: FloorRound[] = [];
    const control: FloorRound[] = [];
    const ours: Round[] = [];
    for (let at = 0; at < rounds; at++) {
      floor.push(await bench.floor());
      ours.push(await bench.send(`round-${at}.bin`));
      if (rounds > 1) control.push(await bench.floor());
    }
    const endured = endures ? await bench.endure() : { rows: [], notes: [] };
    return {
      rows: [...(rounds > 0 ? rowsOf(browser, ours, floor) : []), ...endured.rows],
      ...(control.length > 0 && { control: ratios(both(control), both(floor)) }),
      notes: [...ours.map((round) => noteOf(browser, round)), ...endured.notes],
    };
  } finally {
    await bench.close();
    await server.close();
    await engine.stop();
  }
}

type Way = 'send' | 'fetch';

/** Where it stood, how long it took from there, and how many rows stayed behind. */
interface Cut {
  share: number;
  ms: number;
  left?: number;
}

interface Cpu {
  up: number;
  down: number;
}

/** Milliseconds until it was done, and of processors. */
type FloorRound = Pick<Round, 'up' | 'down' | 'cpu'>;

class Bench {
  readonly #browser: BrowserName;
  readonly #engine: TestEngine;
  readonly #server: ControlServer;
  readonly #opened = new Map<string, Awaited<ReturnType<typeof openAnyBrowser>>>();

  constructor(browser: BrowserName, engine: TestEngine, server: ControlServer) {
    this.#browser = browser;
    this.#engine = engine;
    this.#server = server;
  }

  async begin(): Promise<void> {
    const place = { service: this.#engine.ws, domain: this.#engine.domain };
    const floor = await bundlePage(join(import.meta.dirname, 'in-browser/file-floor.ts'));
    const content = `<script>const pause = (ms) => new Promise((go) => setTimeout(go, ms));${CONTENT}</script>`;
    this.#server.page(
      '/floor',
      floor.replace('<script type="module">', () => `${content}<script type="module">`),
    );
    this.#server.page(`/${SENDER}`, filePage(place, SENDER, READER));
    this.#server.page(`/${READER}`, filePage(place, READER, SENDER));
    for (const name of [READER, SENDER]) {
      await this.#open(name);
      await this.#server.told(`${name}:signed-in`, PATIENCE_MS);
    }
    await this.#open('floor');
    await this.#do(SENDER, { do: 'say', text: 'first words' });
    await Promise.all([this.#do(SENDER, { do: 'make', bytes: SIZE }), this.#do('floor', { do: 'make', bytes: SIZE })]);
  }

  async close(): Promise<void> {
    for (const browser of this.#opened.values()) await browser.close();
  }

  async floor(): Promise<FloorRound> {
    const slot = await askSlot(this.#engine, SENDER, SIZE + 16);
    const began = this.#cpu('floor');
    const up = await this.#do('floor', { do: 'up', put: slot.put, headers: slot.headers });
    const between = this.#cpu('floor');
    const down = await this.#do('floor', { do: 'down', get: slot.get });
    return { up: up.ms, down: down.ms, cpu: { up: between - began, down: this.#cpu('floor') - between } };
  }

  async send(name: string): Promise<Round> {
    const cpu = { up: -this.#cpu(SENDER), down: -this.#cpu(READER) };
    const up = this.#watch(SENDER);
    const staged = await this.#do(SENDER, { do: 'stage', name });
    const sent = await this.#do(SENDER, { do: 'send', name });
    const settled = await this.#do(SENDER, { do: 'settle', name });
    const upPeak = up.end();
    cpu.up += this.#cpu(SENDER);
    const down = this.#watch(READER);
    const begun = await this.#do(READER, { do: 'fetch', name });
    const fetched = await this.#do(READER, { do: 'settle', name });
    const downPeak = down.end();
    cpu.down += this.#cpu(READER);
    await this.#compare(name);
    return {
      up: sent.ms + settled.ms,
      shown: sent.shownMs ?? NaN,
      down: begun.ms + fetched.ms,
      cpu,
      tasks: [staged, sent, settled, begun, fetched].map(({ longestTaskMs }) => longestTaskMs),
      upPeak,
      downPeak,
    };
  }

  /** Given up in the middle, at both sides; the engine killed in the middle, at both sides. */
  async endure(): Promise<{ rows: Row[]; notes: string[] }> {
    const up = await this.#giveUp(SENDER, 'given-up.bin', 'send');
    const cutUp = await this.#die(SENDER, 'cut.bin', 'send');
    const down = await this.#giveUp(READER, 'cut.bin', 'fetch');
    const cutDown = await this.#die(READER, 'cut.bin', 'fetch');
    await this.#compare('cut.bin');
    const row = (id: string, ours = NaN): Row => ({ id: `${this.#browser}: ${id}`, unit: 'rows', ours, goal: '0', pass: ours === 0 });
    const told = ({ ms, share }: Cut): string => `${Math.round(ms)} ms, at ${Math.round(share * 100)} %`;
    return {
      rows: [row('left on the disk of one that was given up on its way up', up.left), row('and on its way down', down.left)],
      notes: [
        `${this.#browser}: given up within ${told(up)} (up), ${told(down)} (down)`,
        `${this.#browser}: the engine killed in the middle and started anew: there after ${told(cutUp)} (up), ${told(cutDown)} (down), every byte`,
      ],
    };
  }

  async #giveUp(who: string, name: string, way: Way): Promise<Cut> {
    const before = await this.#count(who);
    const share = await this.#standStill(who, name, way);
    const { ms } = await this.#do(who, { do: 'stop', name });
    this.#signal('SIGCONT');
    return { share, ms, left: (await this.#countUntil(who, before)) - before };
  }

  /** A disk takes its time to let go. */
  async #countUntil(who: string, expected: number): Promise<number> {
    let rows = await this.#count(who);
    for (let tries = 0; rows !== expected && tries < 20; tries++) {
      await wait(150);
      rows = await this.#count(who);
    }
    return rows;
  }

  async #die(who: string, name: string, way: Way): Promise<Cut> {
    const share = await this.#standStill(who, name, way);
    const began = performance.now();
    await this.#engine.kill();
    await this.#engine.restart();
    await this.#do(who, { do: 'settle', name });
    return { share, ms: performance.now() - began };
  }

  /** A line within the machine is too fast to be cut by a word to a page: the engine has a tenth of its time, and then none until it is woken or killed. */
  async #standStill(who: string, name: string, way: Way): Promise<number> {
    if (way === 'send') await this.#do(who, { do: 'stage', name });
    let beats = 0;
    const beat = setInterval(() => this.#signal(beats++ % SLOWNESS === 0 ? 'SIGCONT' : 'SIGSTOP'), BEAT_MS);
    try {
      await this.#do(who, { do: way, name });
      await this.#do(who, { do: 'reach', name });
    } finally {
      clearInterval(beat);
    }
    this.#signal('SIGSTOP');
    return (await this.#do(who, { do: 'reach', name })).share ?? NaN;
  }

  #signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    for (const { pid } of treeOf(this.#engine.pid)) process.kill(pid, signal);
  }

  async #compare(name: string): Promise<void> {
    const { isSame } = await this.#do(READER, { do: 'compare', name, bytes: SIZE });
    if (!isSame) throw new Error(`${name} did not come as it was sent`);
  }

  async #count(who: string): Promise<number> {
    return (await this.#do(who, { do: 'count' })).rows ?? NaN;
  }

  #cpu(who: string): number {
    return cpuMsOf(this.#opened.get(who)?.pid ?? -1);
  }

  #watch(who: string): ReturnType<typeof watchMemory> {
    return watchMemory(this.#opened.get(who)?.pid ?? -1);
  }

  async #open(name: string): Promise<void> {
    this.#opened.set(name, await openAnyBrowser(this.#browser, `${this.#server.url}/${name}`));
  }

  async #do(who: string, order: FileOrder | FloorOrder): Promise<FileStep> {
    this.#server.answer(who, order);
    const step = await this.#server
      .told<FileStep | { defect: string }>(`${who}:done`, PATIENCE_MS)
      .catch((late: Error) => ({ defect: late.message }));
    if ('defect' in step) throw new Error(`${who}, ${JSON.stringify(order)}: ${step.defect}`);
    return step;
  }
}

function rowsOf(browser: BrowserName, rounds: readonly Round[], floor: readonly FloorRound[]): Row[] {
  const task = Math.max(...rounds.flatMap(({ tasks }) => tasks));
  const memory = (id: string, peakOf: (round: Round) => Peak): Row => {
    const ours = Math.max(...rounds.map((round) => peakOf(round).content));
    return { id: `${browser}: ${id}`, unit: 'MiB', ours, goal: `<= ${MOST_MIB}`, pass: ours > 0 && ours <= MOST_MIB };
  };
  const compare = (id: string, valueOf: (round: FloorRound) => number, most: number): Row =>
    ratioRow(`${browser}: ${id}`, rounds.map(valueOf), floor.map(valueOf), { most });
  return [
    compare('100 MB from "send" until the engine has it', ({ up }) => up, 2),
    compare('100 MB from the press until it is here', ({ down }) => down, 2),
    compare('processors meanwhile, up, with choosing', ({ cpu }) => cpu.up, 3),
    compare('processors meanwhile, down', ({ cpu }) => cpu.down, 3),
    memory('page and worker above the start, up', ({ upPeak }) => upPeak),
    memory('page and worker above the start, down', ({ downPeak }) => downPeak),
    { id: `${browser}: the longest task of a page`, unit: 'ms', ours: task, goal: `<= ${MOST_TASK_MS}`, pass: task <= MOST_TASK_MS },
  ];
}

const both = (rounds: readonly FloorRound[]): number[] => rounds.flatMap(({ up, down }) => [up, down]);

/** Once the file, and what a page and its worker leave behind while they work. */
const MOST_MIB = Math.ceil(SIZE / MIB) + 32;

const noteOf = (browser: BrowserName, { shown, upPeak, downPeak }: Round): string =>
  `${browser}: its bubble after ${Math.round(shown)} ms; the whole browser +${Math.round(upPeak.all)} MiB (up), +${Math.round(downPeak.all)} MiB (down)`;
