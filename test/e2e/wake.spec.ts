// R7 of the reliability table: all tabs are frozen, the line goes meanwhile, and somebody comes back.
// WARBLER_THAWS sets the rounds: 50 before a release. A sleep of an hour is played in the unit tests of
// the connection, the back-forward cache in those of the hosts.
import { expect, test, chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { HostKind } from '../../src/client/session-client.ts';
import { CHROMIUM, CHROMIUM_FLAGS } from '../kit/browsers.ts';
import { openWindow } from '../kit/chromium-tabs.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';
import { startCuttingProxy, type CuttingProxy } from '../kit/engines/cutting-proxy.ts';
import { openPeer, type Peer } from '../kit/peer.ts';
import { openTabPage, sendFrom, serveTabPage, type TabWindow } from '../kit/tab-page.ts';

const THAWS = Number(process.env['WARBLER_THAWS'] ?? 2);
const TABS = 3;
const PATIENCE_MS = 20_000;

let demo: DemoSite;
let peer: Peer;
let proxy: CuttingProxy;
let browser: Browser;
let context: BrowserContext;

test.beforeEach(async () => {
  demo = await openDemo();
  peer = await openPeer(demo, 'jana');
  proxy = await startCuttingProxy(Number(new URL(demo.service).port));
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: CHROMIUM_FLAGS,
  });
  context = await browser.newContext();
});
test.afterEach(async () => {
  await browser?.close();
  await Promise.all([peer?.close(), proxy?.stop()]);
  await demo?.stop();
});

/** Answers with how to thaw it. */
async function freeze(tab: Page): Promise<() => Promise<unknown>> {
  const session = await context.newCDPSession(tab);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  return () => session.send('Page.setWebLifecycleState', { state: 'active' });
}

for (const host of ['shared', 'elected'] as const)
  test(`R7: ${THAWS} times all tabs of a core (${host}) are frozen`, async () => {
    test.setTimeout(60_000 + THAWS * 10_000);
    const tabs = await openTabs(host);
    const waits: number[] = [];
    for (let round = 1; round <= THAWS; round++) {
      const comeBack = await Promise.all(tabs.map(freeze));
      proxy.cut();
      const text = `while away ${round}`;
      expect(await peer.send(personOf(demo, 'mia').address, text)).toBe(true);
      const backAt = Date.now();
      await Promise.all(comeBack.map((back) => back()));
      waits.push(...(await Promise.all(tabs.map((tab) => shownAt(tab, text)))).map((at) => at - backAt));
      expect(await sendFrom(tabs[round % TABS] as Page, peer.address, crypto.randomUUID(), `back ${round}`)).toBe(true);
    }
    // What was written just before the tabs froze may leave after the thaw: between the two nobody decides, each sender's order holds.
    const seen = async (): Promise<readonly string[][]> => {
      const texts = (await peer.readAll(personOf(demo, 'mia').address, 'begin')).map(({ text }) => text);
      return ['while away', 'back'].map((words) => texts.filter((text) => text.startsWith(words)));
    };
    const rounds = Array.from({ length: THAWS }, (_, at) => at + 1);
    await expect.poll(seen).toEqual(['while away', 'back'].map((words) => rounds.map((round) => `${words} ${round}`)));
    const sorted = waits.toSorted((a, b) => a - b);
    console.log(
      `  shown after ${sorted[sorted.length >> 1]} ms, p95 ${sorted[Math.floor((sorted.length - 1) * 0.95)]} ms, ${sorted.at(-1)} ms`,
    );
  });

async function openTabs(host: HostKind): Promise<readonly Page[]> {
  await serveTabPage(context, demo, [host]);
  const first = await openTabPage(await context.newPage(), demo);
  const { address, password } = personOf(demo, 'mia');
  const services = [demo.service.replace(/:\d+/, `:${proxy.port}`)];
  const answer = await first.evaluate((login) => (window as unknown as TabWindow).tab.client.signIn(login), {
    address,
    password,
    services,
  });
  expect(answer.ok).toBe(true);
  const tabs = [first];
  while (tabs.length < TABS) tabs.push(await openTabPage(await openWindow(first), demo));
  expect(await sendFrom(first, peer.address, crypto.randomUUID(), 'begin')).toBe(true);
  await shownAt(first, 'begin');
  return tabs;
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
    [peer.address as never, text, PATIENCE_MS] as const,
  );
}
