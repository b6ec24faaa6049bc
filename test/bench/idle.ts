// Signed in and left alone for a minute: wake-ups and CPU, beside two controls in the same minute.
// Counted is the process of the page with its worker, and the browser's services; a browser's other renderers wake up hundreds of times a minute
// for reasons of their own. The floor is an empty page whose shared worker is signed in and then silent: what an open socket costs a browser.
// A blank page has a worker that does nothing, so that its process can be told from others; what it says stands in the notes.
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { TestEngine } from '../kit/engines/start-engine.ts';
import { fineCpuMsOf, pidsWithThread, treeOf, wakeUpsOf } from '../kit/process-tree.ts';
import { chatPage } from './kit/chat-page.ts';
import { startControlServer, type ControlServer } from './kit/control-server.ts';
import { openBrowser, type PlainBrowser } from './kit/plain-browser.ts';
import type { Measured, Row } from './kit/report.ts';
import { spread } from './kit/stats.ts';
import { makeWarmProfile, PERSON, startArchive } from './kit/warm-profile.ts';

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
  server.page('/socket', socketPage(engine));
  server.page('/idle', chatPage('idle', { service: engine.ws }));
  // A new profile keeps a browser busy for minutes: the blank pages get used ones as well.
  const profiles = await makeProfiles(server, engine, KINDS.length * (quick ? 1 : MOST_ROUNDS));
  const browsers = profiles.map((profile, place) => openBrowser(`${server.url}/${kindAt(place)}`, { profile }));
  try {
    for (let page = 0; page < browsers.length / KINDS.length; page++)
      await Promise.all([server.told('idle:thread'), server.told('socket')]);
    await wait(SETTLE_MS);
    const used = await watch(browsers, quick ? MINUTE_MS / 2 : MINUTE_MS);
    const of = (kind: Kind): Used[] => used.filter((_, place) => kindAt(place) === kind);
    return { rows: rowsOf(of('idle'), of('socket')), notes: KINDS.map((kind) => `${kind}: ${describe(of(kind))}`) };
  } finally {
    for (const browser of browsers) await browser.close();
    await engine.stop();
    await server.close();
    for (const profile of profiles) rmSync(profile, { recursive: true, force: true });
  }
}

const KINDS = ['idle', 'socket', 'blank'] as const;
type Kind = (typeof KINDS)[number];
const kindAt = (place: number): Kind | undefined => KINDS[place % KINDS.length];

/** Tells `socket` once its worker is signed in. */
function socketPage({ ws: service, domain }: TestEngine): string {
  const { name: user, password } = PERSON;
  return `<!doctype html><title>socket</title><link rel="icon" href="data:,"><p>blank</p><script>
window.idle = new SharedWorker('/idle-worker.js', { type: 'module' });
idle.port.onmessage = () => fetch('/control/tell?key=socket', { method: 'POST', body: 'true' });
idle.port.postMessage(${JSON.stringify({ service, domain, user, password })});
</script>`;
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

function rowsOf(ours: readonly Used[], socket: readonly Used[]): Row[] {
  const middle = (used: readonly Used[], of: keyof Used): number => spread(used.map((one) => one[of])).median;
  const row = (id: string, of: keyof Used, unit: string, most: number): Row => {
    const floor = middle(socket, of);
    const over = middle(ours, of) - floor;
    return { id: `25 ${id} in a minute over a silent socket`, unit, floor, ours: over, goal: `≤ +${most}`, pass: over <= most };
  };
  return [row('wake-ups', 'wakeUps', 'wake-ups', 2), row('CPU', 'cpuMs', 'ms', 15)];
}

const describe = (used: readonly Used[]): string => used.map(({ wakeUps, cpuMs }) => `${wakeUps} wake-ups, ${cpuMs} ms`).join('; ');
