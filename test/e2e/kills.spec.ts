// R4 and R5 of the reliability table: the process that hosts the core is killed while two people write, then the whole browser.
// WARBLER_KILLS and WARBLER_BROWSER_KILLS set the sizes: 50 and 20 before a release, 200 and 100 at night.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { CHROMIUM, CHROMIUM_FLAGS } from '../kit/browsers.ts';
import { browserWithProfile, openWindow, pidOf, renderersWithWorker } from '../kit/chromium-tabs.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';
import { untilProcessEnds } from '../kit/engines/process-life.ts';
import { PLACES, type Place } from '../kit/engines/talk-places.ts';
import { HERE, placeIn } from '../kit/meeting.ts';
import { SteadyTalk } from '../kit/steady-writer.ts';
import { databasesMadeAt } from '../kit/profile-disk.ts';
import { openTabPage, serveTabPage, signInOn, type TabWindow } from '../kit/tab-page.ts';

const KILLS = Number(process.env['WARBLER_KILLS'] ?? 10);
/** Where tabs elect who runs the core, fewer tell as much. */
const LEADER_KILLS = Number(process.env['WARBLER_KILLS'] ?? 3);
const BROWSER_KILLS = Number(process.env['WARBLER_BROWSER_KILLS'] ?? 3);
/** The same with words that are encrypted: what a core left half done would cost a step of a ratchet. */
const ENCRYPTED_KILLS = Number(process.env['WARBLER_KILLS'] ?? 4);
const ENCRYPTED_BROWSER_KILLS = Number(process.env['WARBLER_BROWSER_KILLS'] ?? 2);
const ENCRYPTED_LEADER_KILLS = Number(process.env['WARBLER_KILLS'] ?? 2);
/** In a room only where a size is asked for. */
const ROOM_KILLS = Number(process.env['WARBLER_KILLS'] ?? 0);
const ROOM_BROWSER_KILLS = Number(process.env['WARBLER_BROWSER_KILLS'] ?? 0);
const MOST_TABS = 5;
const PATIENCE_MS = 20_000;

let demo: DemoSite;
let talk: SteadyTalk;

test.beforeEach(async () => {
  demo = await openDemo();
  talk = await SteadyTalk.open(demo, placeIn(test.info().title));
  demo = talk.demo;
});
test.afterEach(async () => {
  await talk?.stop();
  await demo?.stop();
});

const between = (least: number, most: number): number => least + Math.random() * (most - least);

const HOSTS = { shared: 'that hosts the shared worker', elected: 'of the leading tab' };
const SIZES: Readonly<Record<Place, { shared: number; elected: number }>> = {
  'in clear': { shared: KILLS, elected: LEADER_KILLS },
  encrypted: { shared: ENCRYPTED_KILLS, elected: ENCRYPTED_LEADER_KILLS },
  'encrypted room': { shared: ROOM_KILLS, elected: ROOM_KILLS },
};

for (const place of PLACES)
  for (const host of ['shared', 'elected'] as const)
    if (SIZES[place][host] > 0)
      test(`R4, ${place}: ${SIZES[place][host]} kills of the renderer ${HOSTS[host]}, with 1 to ${MOST_TABS} tabs`, ({
        context,
        page,
        browser,
      }) => killHosts({ context, page, browser }, SIZES[place][host], host));

interface Given {
  context: BrowserContext;
  page: Page;
  browser: Browser;
}

async function killHosts({ context, page, browser }: Given, kills: number, host: 'shared' | 'elected'): Promise<void> {
  test.setTimeout(60_000 + kills * 6_000);
  await serveTabPage(context, demo, { hosts: [host] });
  const hoster = await pidOf(browser);
  const living = new Set<Page>([await openTabPage(page, demo)]);
  expect((await signInOn(page, demo, personOf(demo, HERE))).ok).toBe(true);
  // It stays empty: from here windows are opened, and it never hosts anything.
  const opener = await context.newPage();
  const times: Recovery[] = [];

  const open = async (): Promise<void> => {
    const tab = await openWindow(opener);
    tab.on('crash', () => living.delete(tab));
    living.add(await openTabPage(tab, demo));
  };
  const oneOf = async (): Promise<Page> => {
    while (living.size === 0) await wait(20);
    return [...living][Math.floor(Math.random() * living.size)] as Page;
  };
  page.on('crash', () => living.delete(page));
  await talk.start(oneOf);

  for (let kill = 0; kill < kills; kill++) {
    const wished = 1 + (kill % MOST_TABS);
    while (living.size < wished) await open();
    while (living.size > wished) await closeOne(living);
    await wait(between(100, 700));
    const hosts = await untilHosted(hoster, host === 'shared' ? 'SharedWorker' : 'DedicatedWorker');
    const killedAt = Date.now();
    for (const pid of hosts) process.kill(pid, 'SIGKILL');
    times.push(...(await recoveriesOf(living, killedAt)));
  }
  if (living.size === 0) await open();
  expect(await talk.judge([...living])).toEqual([]);
  expect(talk.complaints).toEqual([]);
  tell(`${kills} kills, ${talk.count} messages, ${talk.keys} keys, ${times.length} tabs that lived on`);
  tell(`noticed after ${spread(times.map(({ noticedMs }) => noticedMs))}, usable after ${spread(times.map(({ usableMs }) => usableMs))}`);
}

interface Recovery {
  noticedMs: number;
  usableMs: number;
}

/** Of the tabs that live on; those that shared the process are told by their crash. */
async function recoveriesOf(living: Set<Page>, killedAt: number): Promise<Recovery[]> {
  const found = await Promise.all([...living].map((tab) => recoveryOf(tab, killedAt)));
  return found.filter((one) => one !== undefined);
}

async function recoveryOf(tab: Page, killedAt: number): Promise<Recovery | undefined> {
  const crashed = new Promise<undefined>((resolve) => tab.once('crash', () => resolve(undefined)));
  const answered = tab.evaluate(async (since) => {
    const { answered, log } = (window as unknown as TabWindow).tab;
    const usableAt = await answered(since);
    const noticedAt = log.find(({ state, at }) => state !== 'attached' && at >= since)?.at ?? usableAt;
    return { noticedMs: noticedAt - since, usableMs: usableAt - since };
  }, killedAt);
  return Promise.race([crashed, answered.catch(() => undefined)]);
}

async function closeOne(living: Set<Page>): Promise<void> {
  const [tab] = living;
  if (!tab) return;
  living.delete(tab);
  await tab.close();
}

async function untilHosted(browserPid: number, kind: 'SharedWorker' | 'DedicatedWorker'): Promise<number[]> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await wait(20)) {
    const hosts = renderersWithWorker(browserPid, kind);
    if (hosts.length > 0) return hosts;
  }
  throw new Error('no renderer hosts the core');
}

const BROWSER_SIZES: Readonly<Record<Place, number>> = {
  'in clear': BROWSER_KILLS,
  encrypted: ENCRYPTED_BROWSER_KILLS,
  'encrypted room': ROOM_BROWSER_KILLS,
};

for (const place of PLACES)
  if (BROWSER_SIZES[place] > 0)
    test(`R5, ${place}: ${BROWSER_SIZES[place]} kills of the whole browser`, () => killBrowsers(BROWSER_SIZES[place]));

async function killBrowsers(kills: number): Promise<void> {
  test.setTimeout(60_000 + kills * 15_000);
  const profile = await mkdtemp(join(tmpdir(), 'warbler-profile-'));
  let running = await launch(profile);
  const writing: { tab?: Page } = { tab: running.tab };
  expect((await signInOn(running.tab, demo, personOf(demo, HERE))).ok).toBe(true);
  await talk.start(async () => {
    while (!writing.tab) await wait(20);
    return writing.tab;
  });
  const times: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    await wait(between(300, 1_500));
    delete writing.tab;
    const made = await databasesMadeAt(profile);
    await killBrowser(profile);
    const killedAt = Date.now();
    running = await launch(profile);
    times.push((await running.tab.evaluate((since) => (window as unknown as TabWindow).tab.answered(since), killedAt)) - killedAt);
    writing.tab = running.tab;
    const isKept = (await databasesMadeAt(profile)) === made;
    if (!isKept) await running.context.close();
    test.skip(!isKept, `the browser threw its databases away after kill ${kill + 1}`);
    expect(await signOf(running.tab), `after kill ${kill + 1}`).not.toBe('signed-out');
  }
  const findings = await talk.judge([running.tab]);
  await running.context.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  expect(findings).toEqual([]);
  expect(talk.complaints).toEqual([]);
  tell(`${kills} kills of the browser, ${talk.count} messages, ${talk.keys} keys, answering again after ${spread(times)}`);
}

const signOf = (tab: Page): Promise<string | undefined> =>
  tab.evaluate(async () => {
    const situation = await (window as unknown as TabWindow).tab.client.readSituation();
    return situation.ok ? situation.value.sign : undefined;
  });

async function launch(profile: string): Promise<{ context: BrowserContext; tab: Page }> {
  const context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  await serveTabPage(context, demo);
  const page = context.pages()[0] ?? (await context.newPage());
  return { context, tab: await openTabPage(page, demo) };
}

async function killBrowser(profile: string): Promise<void> {
  const processes = browserWithProfile(profile);
  expect(processes.length).toBeGreaterThan(1);
  for (const pid of processes) process.kill(pid, 'SIGKILL');
  for (const pid of processes) expect(await untilProcessEnds(pid, PATIENCE_MS)).toBeDefined();
}

// ---- figures ----

const tell = (line: string): void => console.log(`  ${line}`);

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number | undefined => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return `${at(0.5)} ms (p95 ${at(0.95)} ms, longest ${sorted.at(-1)} ms)`;
}
