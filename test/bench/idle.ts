// Signed in and left alone for a minute: wake-ups and CPU, beside blank pages in the same minute.
// Counted is the process of the page with its worker, and the browser's services; a browser's other renderers wake up hundreds of times a minute
// for reasons of their own. A blank page gets a worker that does nothing, so that its process can be told from theirs.
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { TestEngine } from '../kit/engines/start-engine.ts';
import { fineCpuMsOf, pidsWithThread, treeOf, wakeUpsOf } from '../kit/process-tree.ts';
import { chatPage } from './kit/chat-page.ts';
import { startControlServer, type ControlServer } from './kit/control-server.ts';
import { openBrowser, type PlainBrowser } from './kit/plain-browser.ts';
import type { Measured, Row } from './kit/report.ts';
import { spread } from './kit/stats.ts';
import { makeWarmProfile, startArchive } from './kit/warm-profile.ts';

const WORKER = /^(Shared|Dedicated)Worker/;
const SERVICES = /--utility-sub-type=(network|storage)/;
/** Pages, workers and what brings them messages. Not the pool, which works for the browser as it likes. */
const THREADS = /^(chromium|Chrome_ChildIOT|Compositor|(Shared|Dedicated)Worker)/;
const MINUTE_MS = 60_000;
/** Until what starting set in motion has come to rest: caches written, and the garbage of starting collected, which a browser does half a minute later. */
const SETTLE_MS = 45_000;
const MOST_ROUNDS = 3;

interface Used {
  wakeUps: number;
  cpuMs: number;
}

export async function measure({ quick }: { quick: boolean }): Promise<Measured> {
  const server = await startControlServer();
  const engine = await startArchive(300);
  server.page('/blank', BLANK);
  server.page('/idle', chatPage('idle', { service: engine.ws }));
  // A new profile keeps a browser busy for minutes: the blank pages get used ones as well.
  const profiles = await makeProfiles(server, engine, quick ? 4 : 2 * MOST_ROUNDS);
  const browsers = profiles.map((profile, place) => openBrowser(`${server.url}/${place % 2 === 0 ? 'idle' : 'blank'}`, { profile }));
  try {
    for (let page = 0; page < browsers.length / 2; page++) await server.told('idle:thread');
    await wait(SETTLE_MS);
    const used = await watch(browsers, quick ? MINUTE_MS / 2 : MINUTE_MS);
    const ours = used.filter((_, place) => place % 2 === 0);
    const blank = used.filter((_, place) => place % 2 === 1);
    return { rows: rowsOf(ours, blank), notes: [`ours: ${describe(ours)}`, `blank: ${describe(blank)}`] };
  } finally {
    for (const browser of browsers) await browser.close();
    await engine.stop();
    await server.close();
    for (const profile of profiles) rmSync(profile, { recursive: true, force: true });
  }
}

const BLANK = `<!doctype html><title>blank</title><link rel="icon" href="data:,"><p>blank</p>
<script>window.idle = new Worker(URL.createObjectURL(new Blob(['onmessage = () => {}'])))</script>`;

/** One session each: two browsers with one session would take it from each other. */
async function makeProfiles(server: ControlServer, engine: TestEngine, count: number): Promise<string[]> {
  const profiles: string[] = [];
  while (profiles.length < count) profiles.push(await makeWarmProfile(server, engine));
  return profiles;
}

/** All at once, and as if it had been a minute. */
async function watch(browsers: readonly PlainBrowser[], lasted: number): Promise<Used[]> {
  const before = browsers.map(read);
  await wait(lasted);
  const perMinute = (now: number, then: number): number => ((now - then) * MINUTE_MS) / lasted;
  return browsers.map((browser, place) => {
    const [now, then] = [read(browser), before[place] ?? { wakeUps: NaN, cpuMs: NaN }];
    return { wakeUps: Math.round(perMinute(now.wakeUps, then.wakeUps)), cpuMs: Math.round(perMinute(now.cpuMs, then.cpuMs)) };
  });
}

function read({ pid }: PlainBrowser): Used {
  const pages = pidsWithThread(pid, WORKER);
  if (pages.length === 0) throw new Error('a browser without its page');
  const services = treeOf(pid).filter(({ command }) => SERVICES.test(command));
  return { wakeUps: wakeUpsOf(pages, THREADS), cpuMs: fineCpuMsOf([...pages, ...services.map((service) => service.pid)]) };
}

function rowsOf(ours: readonly Used[], blank: readonly Used[]): Row[] {
  const middle = (used: readonly Used[], of: keyof Used): number => spread(used.map((one) => one[of])).median;
  const row = (id: string, of: keyof Used, unit: string, most: number): Row => {
    const floor = middle(blank, of);
    const over = middle(ours, of) - floor;
    return { id: `25 ${id} in a minute over blank`, unit, floor, ours: over, goal: `≤ +${most}`, pass: over <= most };
  };
  return [row('wake-ups', 'wakeUps', 'wake-ups', 2), row('CPU', 'cpuMs', 'ms', 15)];
}

const describe = (used: readonly Used[]): string => used.map(({ wakeUps, cpuMs }) => `${wakeUps} wake-ups, ${cpuMs} ms`).join('; ');
