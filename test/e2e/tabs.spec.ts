// Eight tabs of one profile are one session: one socket, one thread, one unread figure, one draft, one way out.
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import type { EngineKind } from '../../src/engine/plan.ts';
import { zhCN } from '../../src/texts/zh-cn.ts';
import {
  chatOn,
  composerOf,
  handsOf,
  messageOf,
  openThread,
  rowOf,
  send,
  signIn,
  signInOf,
  signOut,
  type ChatPage,
} from '../kit/chat-hands.ts';
import { countWorkers, databasesOf, openWindow } from '../kit/chromium-tabs.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';
import { openPeer, type Peer } from '../kit/peer.ts';

const TABS = 8;
/** The other engine is the same to the tabs: at night. */
const ENGINES: readonly EngineKind[] = process.env['WARBLER_NIGHTLY'] ? ['prosody', 'ejabberd'] : ['prosody'];

let demo: DemoSite;
let tabs: ChatPage[];
let peer: Peer;

async function openTabs(page: Page, engine: EngineKind): Promise<void> {
  demo = await openDemo(engine);
  tabs = [await openTab(page)];
  await signIn(first(), handsOf(page, 'mouse'), personOf(demo, 'mia'));
  await openThread(first(), handsOf(page, 'mouse'), personOf(demo, 'jana').address);
  while (tabs.length < TABS) tabs.push(await openTab(await openWindow(page)));
  await inAll(tabs, (tab) => openThread(tab, handsOf(tab.page, 'mouse'), personOf(demo, 'jana').address));
}
test.afterEach(async ({ context }) => {
  await peer?.close();
  await closeAll(context);
  await demo.stop();
});

const first = (): ChatPage => tabs[0] as ChatPage;
const inAll = (which: readonly ChatPage[], look: (tab: ChatPage) => Promise<unknown>): Promise<unknown> => Promise.all(which.map(look));

async function openTab(page: Page): Promise<ChatPage> {
  await page.goto(`${demo.facts.home}page.html`);
  return chatOn(page);
}

/** Pages first, so that the core goes before its engine does. */
async function closeAll(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await page.close();
}

for (const engine of ENGINES)
  test(`eight tabs are one session (${engine})`, async ({ page }) => {
    test.setTimeout(120_000);
    await openTabs(page, engine);
    await beOneSession();
  });

async function beOneSession(): Promise<void> {
  await test.step('one socket and one stream at the engine, one worker here', async () => {
    expect(await demo.sockets()).toBe(1);
    expect(await demo.sessions()).toBe(1);
    expect(await countWorkers(first().page)).toEqual({ worker: 0, shared_worker: 1 });
  });

  await test.step('what is sent in one stands in all others', async () => {
    const waits: number[] = [];
    for (const text of ['一次写，处处见', 'once written, seen everywhere', 'noch einmal']) waits.push(...(await sendAndMeasure(text)));
    const sorted = waits.toSorted((a, b) => a - b);
    console.log(
      `  in the other tabs after ${sorted[sorted.length >> 1]} ms (median), ${sorted.at(-1)} ms (the slowest of ${sorted.length})`,
    );
  });

  await test.step('reading in one clears the badge in all', async () => {
    peer = await openPeer(demo, 'omar');
    const row = (tab: ChatPage) => rowOf(tab, peer.address);
    for (const text of ['one', 'two', 'three']) expect(await peer.send(personOf(demo, 'mia').address, text)).toBe(true);
    await inAll(tabs, (tab) => expect(row(tab)).toContainText(zhCN.unread(3), { timeout: 15_000 }));
    const reader = tabs[3] as ChatPage;
    await openThread(reader, handsOf(reader.page, 'mouse'), peer.address);
    await inAll(tabs, (tab) => expect(row(tab)).not.toContainText(zhCN.unread(3), { timeout: 15_000 }));
    await inAll(tabs, (tab) => expect(row(tab)).not.toContainText(/未读/));
    await openThread(reader, handsOf(reader.page, 'mouse'), personOf(demo, 'jana').address);
  });

  await test.step('a draft stands in all', async () => {
    await handsOf(first().page, 'mouse').write(composerOf(first()), '还没想好');
    await inAll(tabs.slice(1), (tab) => expect(composerOf(tab)).toHaveValue('还没想好'));
    await composerOf(first()).fill('');
    await inAll(tabs, (tab) => expect(composerOf(tab)).toHaveValue(''));
  });

  await test.step('a tab is closed, then the first: the others go on over the same stream', async () => {
    await tabs[1]?.page.close();
    await first().page.close();
    tabs = tabs.slice(2);
    await send(first(), handsOf(first().page, 'mouse'), '少了两个也一样');
    await inAll(tabs, (tab) => expect(messageOf(tab, '少了两个也一样')).toBeVisible());
    expect(await demo.sessions()).toBe(2);
  });

  await test.step('signing out in one signs out all and leaves nothing', async () => {
    await signOut(first(), handsOf(first().page, 'mouse'));
    await inAll(tabs, (tab) => expect(signInOf(tab)).toBeVisible());
    expect(await databasesOf(first().page)).toEqual([]);
    await expect.poll(() => demo.sessions()).toBe(1);
  });
}

/** From the key in the first tab to the frame in each other one. */
async function sendAndMeasure(text: string): Promise<number[]> {
  const others = tabs.slice(1);
  const seen = others.map(({ page }) => page.evaluate(whenSeen, text));
  const pressed = first().page.evaluate(
    () =>
      new Promise<number>((resolve) => addEventListener('keydown', ({ key }) => key === 'Enter' && resolve(Date.now()), { capture: true })),
  );
  await composerOf(first()).fill(text);
  await first().page.keyboard.press('Enter');
  const at = await pressed;
  return (await Promise.all(seen)).map((time) => time - at);
}

/** Runs in the page: the time at which a bubble with this text has been painted. */
function whenSeen(text: string): Promise<number> {
  const thread = document.querySelector('warbler-chat')?.shadowRoot?.querySelector('warbler-thread')?.shadowRoot;
  return new Promise((resolve) => {
    const isThere = (): boolean => [...(thread?.querySelectorAll('.bubble') ?? [])].some((bubble) => bubble.textContent.includes(text));
    const watch = new MutationObserver(() => {
      if (!isThere()) return;
      watch.disconnect();
      requestAnimationFrame(() => resolve(Date.now()));
    });
    watch.observe(thread as ShadowRoot, { childList: true, subtree: true, characterData: true });
  });
}
