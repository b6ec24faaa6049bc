// R7 of the reliability table: all tabs are frozen, the line goes meanwhile, and somebody comes back; or the process of the leading tab stands
// still in the middle of what it sends, and finds another one leading when it goes on. In clear, encrypted, and encrypted in a room.
// WARBLER_THAWS sets the rounds: 50 before a release. A sleep of an hour is played in the unit tests of
// the connection, the back-forward cache in those of the hosts.
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { HostKind } from '../../src/client/session-client.ts';
import { CHROMIUM, CHROMIUM_FLAGS } from '../kit/browsers.ts';
import { holdDatabases, openWindow, pidOf, renderersWithWorker } from '../kit/chromium-tabs.ts';
import { openDemo, personOf } from '../kit/demo-site.ts';
import { startCuttingProxy, type CuttingProxy } from '../kit/engines/cutting-proxy.ts';
import { PLACES, type Place } from '../kit/engines/talk-places.ts';
import { freeze, openFreezableBrowser, type FreezableBrowser } from '../kit/freezable-browser.ts';
import { HistoryChecker, numbered, type Screen } from '../kit/history-checker.ts';
import { HERE, Meeting, THERE } from '../kit/meeting.ts';
import { screenOf } from '../kit/peer.ts';
import { openTabPage, readAllOn, sendFrom, serveTabPage, signInOn, type TabWindow } from '../kit/tab-page.ts';

const THAWS = Number(process.env['WARBLER_THAWS'] ?? 2);
/** Each costs the seconds after which a core is believed to hang. */
const STANDSTILLS = Number(process.env['WARBLER_THAWS'] ?? 1);
/** Everywhere only where a size is asked for. */
const isLarge = process.env['WARBLER_THAWS'] !== undefined;
const TABS = 3;
const PATIENCE_MS = 20_000;
/** An engine is dialled thirty times in ten minutes at most: who is cut off oftener sits down at a fresh profile. */
const LOT = 25;

let meeting: Meeting;
let proxy: CuttingProxy;
let browser: Browser | undefined;
let freezable: FreezableBrowser | undefined;
let checker: HistoryChecker;
let begin: string;

async function meetIn(place: Place, rounds: number): Promise<void> {
  test.setTimeout(60_000 + rounds * 20_000);
  meeting = await Meeting.open(await openDemo(), place);
  proxy = await startCuttingProxy(Number(new URL(meeting.demo.service).port));
}
test.afterEach(async () => {
  await Promise.all([browser?.close(), freezable?.close()]);
  await Promise.all([meeting?.close(), proxy?.stop()]);
  await meeting?.demo.stop();
});

for (const place of PLACES)
  for (const host of ['shared', 'elected'] as const)
    if (isLarge || place === 'in clear')
      test(`R7, ${place}: ${THAWS} times all tabs of a core (${host}) are frozen`, async () => {
        await meetIn(place, THAWS);
        const waits: number[] = [];
        for (let left = THAWS; left > 0; left -= LOT) waits.push(...(await freezeAll(host, Math.min(left, LOT))));
        tell('shown', waits);
      });

/** In the tabs of one window. Somebody turns to another one, comes back to each of ours in turn, and writes in the first. */
async function freezeAll(host: HostKind, rounds: number): Promise<readonly number[]> {
  freezable = await openFreezableBrowser();
  const { context, elsewhere } = freezable;
  const tabs = await openTabs(host, context, () => context.newPage());
  const waits: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    await elsewhere.bringToFront();
    await Promise.all(tabs.map(freeze));
    proxy.cut();
    const text = numbered('away', round);
    expect(await meeting.peer.send(meeting.toHere, text)).toBe(true);
    checker.accepted('away', round);
    for (let turn = 0; turn < TABS; turn++) {
      const tab = tabs[(round + turn) % TABS] as Page;
      const backAt = Date.now();
      await tab.bringToFront();
      waits.push((await shownAt(tab, text)) - backAt);
      if (turn === 0) await sendOn(tab, 'back', round);
    }
  }
  await judge(tabs);
  await freezable.close();
  freezable = undefined;
  return waits;
}

for (const place of PLACES)
  if (isLarge || place === 'encrypted')
    test(`R7, ${place}: ${STANDSTILLS} times the leading tab stands still`, async () => {
      await meetIn(place, STANDSTILLS);
      await standStill(STANDSTILLS);
    });

test('R7: the leading tab stands still while it reads the disk', async () => {
  await meetIn('in clear', 1);
  expect(await standStill(1, holdDatabases)).toBe(1);
});

/** How many times the disk was held: by chance, or because a page was made to. */
async function standStill(rounds: number, prepare: (leader: Page) => Promise<void> = () => Promise.resolve()): Promise<number> {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  const hoster = await pidOf(browser);
  const tabs = await openTabs('elected', await browser.newContext(), openWindow);
  const waits: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const leader = await leaderAmong(tabs);
    const pids = renderersWithWorker(hoster, 'DedicatedWorker');
    const sending = tabs.map((tab, at) => sendOn(tab, `at-${at}`, round));
    await prepare(leader);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const stoppedAt = Date.now();
    // Who waits for an answer doubts when its deadline has passed: a newcomer within seconds.
    const newcomer = await openTabPage(await openWindow(tabs.find((tab) => tab !== leader) as Page), meeting.demo);
    const sent = sendOn(newcomer, 'newcomer', round);
    // What stands still in the middle of a transaction holds the disk, and no core can take it away.
    const isHeld = await Promise.race([sent.then(() => false), heldOn(newcomer)]);
    if (!isHeld) waits.push(Date.now() - stoppedAt);
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    await Promise.all([...sending, sent, sendOn(leader, 'woken', round)]);
    // What the one that woke has written over would be found by whoever reads the disk next.
    await newcomer.close();
  }
  await judge(tabs);
  tell('another one leads', waits);
  return rounds - waits.length;
}

async function openTabs(host: HostKind, context: BrowserContext, openNext: (opener: Page) => Promise<Page>): Promise<readonly Page[]> {
  const { demo } = meeting;
  checker = new HistoryChecker();
  begin = `begin ${crypto.randomUUID()}`;
  await serveTabPage(context, demo, { hosts: [host] });
  const first = await openTabPage(await context.newPage(), demo);
  const services = [demo.service.replace(/:\d+/, `:${proxy.port}`)];
  expect((await signInOn(first, { ...demo, facts: { ...demo.facts, services } }, personOf(demo, HERE))).ok).toBe(true);
  const tabs = [first];
  while (tabs.length < TABS) tabs.push(await openTabPage(await openNext(first), demo));
  await meeting.settleOn(first);
  expect(await sendFrom(first, meeting.toThere, crypto.randomUUID(), begin)).toBe(true);
  await shownAt(first, begin);
  await expect.poll(async () => (await meeting.peer.readAll(meeting.toHere)).some(({ text }) => text === begin)).toBe(true);
  return tabs;
}

async function leaderAmong(tabs: readonly Page[]): Promise<Page> {
  await expect.poll(() => tabs.filter((tab) => tab.workers().length > 0).length).toBe(1);
  return tabs.find((tab) => tab.workers().length > 0) as Page;
}

/** Until a core has it: the same message again is handed in under the same id. */
async function sendOn(tab: Page, sender: string, number: number): Promise<void> {
  const id = crypto.randomUUID();
  while (!(await sendFrom(tab, meeting.toThere, id, numbered(sender, number)))) await wait(50);
  checker.accepted(sender, number);
}

/** Once the core that took over says that it waits for the disk. */
const heldOn = (tab: Page): Promise<boolean> =>
  tab.evaluate(async () => {
    const { client } = (window as unknown as TabWindow).tab;
    for (;;) {
      const answer = await client.readSituation();
      if (answer.ok && answer.value.storage === 'held') return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

/** What was written just before the tabs froze may leave after the thaw: between two senders nobody decides, each one's order holds. */
async function judge(tabs: readonly Page[]): Promise<void> {
  const screens = (): Promise<Screen[]> =>
    Promise.all([
      ...tabs.map(async (tab) => screenOf(HERE, meeting.wordsAmong(await readAllOn(tab, meeting.toThere, begin)))),
      meeting.peer.readAll(meeting.toHere, begin).then((rows) => screenOf(THERE, meeting.wordsAmong(rows))),
    ]);
  const count = checker.acceptedCount();
  await expect.poll(async () => (await screens()).every(({ rows }) => rows.length >= count), { timeout: PATIENCE_MS }).toBe(true);
  expect([...checker.judge(await screens()), ...meeting.faults, ...meeting.peer.errors]).toEqual([]);
}

/** When a tab has it from its core, by the wall clock. */
async function shownAt(tab: Page, text: string): Promise<number> {
  await tab.waitForFunction(() => 'tab' in window);
  return tab.evaluate(
    async ([other, text, patienceMs]) => {
      const { client } = (window as unknown as TabWindow).tab;
      for (const until = Date.now() + patienceMs; Date.now() < until;) {
        const page = await client.readThread({ conversation: other, around: 'newest', before: 20, after: 0 });
        if (page.ok && page.value.messages.some((message) => message.text === text)) return Date.now();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`never shown: ${text}`);
    },
    [meeting.toThere as never, text, PATIENCE_MS] as const,
  );
}

function tell(what: string, waits: readonly number[]): void {
  if (waits.length === 0) return;
  const sorted = waits.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor((sorted.length - 1) * 0.95)];
  console.log(`  ${what} after ${sorted[sorted.length >> 1]} ms, p95 ${p95} ms, ${sorted.at(-1)} ms; ${meeting.keys} keys`);
}
