// Eight tabs of one profile are one session: one socket, one thread, one unread figure, one draft, one lock, one way out. In clear, encrypted, and
// encrypted in a room; where a shared worker runs the core, and where tabs elect who does.
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
import { openDemo, personOf } from '../kit/demo-site.ts';
import { PLACES, type Place } from '../kit/engines/talk-places.ts';
import { lockFaceOf, lockNow, setPassphrase, unlock } from '../kit/lock-hands.ts';
import { HERE, Meeting } from '../kit/meeting.ts';
import { openTabPage, serveTabPage } from '../kit/tab-page.ts';

const TABS = 8;
/** How often all of them send in the same moment. */
const AT_ONCE = 3;
const FIRST = '一次写，处处见';
const PASSPHRASE = 'sieben grüne Kessel pfeifen nachts';

interface Where {
  engine: EngineKind;
  place: Place;
  host: 'shared' | 'elected';
}

const ENGINES: readonly EngineKind[] = ['prosody', 'ejabberd'];
const EVERYWHERE = ENGINES.flatMap((engine) =>
  PLACES.flatMap((place) => (['shared', 'elected'] as const).map((host): Where => ({ engine, place, host }))),
);
/** Everywhere at night. */
const HERE_AND_NOW: readonly Where[] = [
  { engine: 'prosody', place: 'in clear', host: 'shared' },
  { engine: 'prosody', place: 'encrypted', host: 'elected' },
];

let meeting: Meeting;
let tabs: ChatPage[];
/** What was sent in these tabs, in the order of the tabs where it was sent at once. */
let written: string[];

async function openTabs(page: Page, { engine, place, host }: Where): Promise<void> {
  meeting = await Meeting.open(await openDemo(engine), place);
  written = [];
  const context = page.context();
  await context.route('**/demo.json', (route) => route.fulfill({ json: { services: meeting.demo.facts.services } }));
  if (host === 'elected') await context.addInitScript(() => void Reflect.deleteProperty(globalThis, 'SharedWorker'));
  tabs = [await openTab(page)];
  await signIn(first(), handsOf(page, 'mouse'), personOf(meeting.demo, HERE));
  await settle(context, page);
  await openThread(first(), handsOf(page, 'mouse'), meeting.toThere);
  while (tabs.length < TABS) tabs.push(await openTab(await openWindow(page)));
  await openInAll(meeting.toThere);
}

/** By another tab of this profile, which goes again. */
async function settle(context: BrowserContext, page: Page): Promise<void> {
  await serveTabPage(context, meeting.demo, { profile: 'default' });
  const hand = await openTabPage(await openWindow(page), meeting.demo);
  await meeting.settleOn(hand);
  await hand.close();
}

test.afterEach(async ({ context }) => {
  await meeting?.close();
  await closeAll(context);
  await meeting?.demo.stop();
});

const first = (): ChatPage => tabs[0] as ChatPage;
const inAll = (which: readonly ChatPage[], look: (tab: ChatPage) => Promise<unknown>): Promise<unknown> => Promise.all(which.map(look));
const openInAll = (address: string): Promise<unknown> => inAll(tabs, (tab) => openThread(tab, handsOf(tab.page, 'mouse'), address));

async function openTab(page: Page): Promise<ChatPage> {
  await page.goto(`${meeting.demo.facts.home}page.html`);
  return chatOn(page);
}

/** Pages first, so that the core goes before its engine does. */
async function closeAll(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await page.close();
}

for (const where of process.env['WARBLER_NIGHTLY'] ? EVERYWHERE : HERE_AND_NOW)
  test(`eight tabs are one session (${where.engine}, ${where.place}, ${where.host})`, async ({ page }) => {
    test.setTimeout(150_000);
    await openTabs(page, where);
    await beOneSession(where);
  });

async function beOneSession({ host }: Where): Promise<void> {
  await test.step("one socket and one stream at the engine beside the other side's, one worker here", async () => {
    expect(await meeting.demo.sockets()).toBe(2);
    expect(await meeting.demo.sessions()).toBe(2);
    const counts = await Promise.all(tabs.map(({ page }) => countWorkers(page)));
    const dedicated = counts.reduce((sum, { worker }) => sum + worker, 0);
    const { shared_worker: shared } = counts[0]!;
    expect({ dedicated, shared }).toEqual(host === 'shared' ? { dedicated: 0, shared: 1 } : { dedicated: 1, shared: 0 });
  });

  await test.step('what is sent in one stands in all others', async () => {
    const waits: number[] = [];
    for (const text of [FIRST, 'once written, seen everywhere', 'noch einmal']) waits.push(...(await sendAndMeasure(text)));
    const sorted = waits.toSorted((a, b) => a - b);
    console.log(
      `  in the other tabs after ${sorted[sorted.length >> 1]} ms (median), ${sorted.at(-1)} ms (the slowest of ${sorted.length})`,
    );
  });

  await test.step('what all send in the same moment stands in all, each once, in one order', async () => {
    for (let round = 1; round <= AT_ONCE; round++) await sendAtOnce(tabs.map((_, at) => `Runde ${round} aus Fenster ${at}.`));
  });

  await test.step('reading in one clears the badge in all', async () => {
    await openInAll(personOf(meeting.demo, 'omar').address);
    const row = (tab: ChatPage) => rowOf(tab, meeting.toThere);
    for (const text of ['one', 'two', 'three']) expect(await meeting.peer.send(meeting.toHere, text)).toBe(true);
    await inAll(tabs, (tab) => expect(row(tab)).toContainText(zhCN.unread(3), { timeout: 15_000 }));
    const reader = tabs[3] as ChatPage;
    await openThread(reader, handsOf(reader.page, 'mouse'), meeting.toThere);
    await inAll(tabs, (tab) => expect(row(tab)).not.toContainText(zhCN.unread(3), { timeout: 15_000 }));
    await inAll(tabs, (tab) => expect(row(tab)).not.toContainText(/未读/));
    await openInAll(meeting.toThere);
    await inAll(tabs, (tab) => expect(messageOf(tab, 'three')).toHaveCount(1));
  });

  await test.step('a draft stands in all', async () => {
    await handsOf(first().page, 'mouse').write(composerOf(first()), '还没想好');
    await inAll(tabs.slice(1), (tab) => expect(composerOf(tab)).toHaveValue('还没想好'));
    await composerOf(first()).fill('');
    await inAll(tabs, (tab) => expect(composerOf(tab)).toHaveValue(''));
  });

  await test.step('a tab is closed in the middle of a send, then the first: the others go on, and nobody signs in beside them', async () => {
    for (const [at, text] of [
      [1, 'kaum geschrieben, schon zu'],
      [0, 'und das erste auch'],
    ] as const) {
      const going = tabs[at] as ChatPage;
      tabs = tabs.filter((tab) => tab !== going);
      await hurlIn(going, text);
      await going.page.close();
      await inAll(tabs, (tab) => expect(messageOf(tab, text)).toHaveCount(1, { timeout: 15_000 }));
      await inAll(tabs, (tab) => expect(composerOf(tab)).toHaveValue(''));
    }
    await sendIn(first(), '少了两个也一样');
    await inAll(tabs, (tab) => expect(messageOf(tab, '少了两个也一样')).toHaveCount(1));
    await expect.poll(() => meeting.demo.sessions()).toBe(2);
    expect(await meeting.demo.sockets()).toBe(2);
  });

  await test.step('one locks while another sends: all are locked, and one opens all', async () => {
    await setPassphrase(first(), PASSPHRASE);
    await sendAtOnce(tabs.map((_, at) => `Vor dem Schloss ${at}.`));
    await writeIn(tabs[1] as ChatPage, 'noch schnell vor dem Riegel');
    await lockNow(first());
    await inAll(tabs, (tab) => expect(lockFaceOf(tab)).toBeVisible());
    await unlock(tabs[2] as ChatPage, PASSPHRASE);
    await inAll(tabs, (tab) => expect(messageOf(tab, 'noch schnell vor dem Riegel')).toHaveCount(1, { timeout: 20_000 }));
    await sendAtOnce(tabs.map((_, at) => `Wieder offen ${at}.`));
  });

  await test.step('the other side has each word once, from one device, and no key sealed two of them', () => judge());

  await test.step('signing out in one signs out all and leaves nothing', async () => {
    await signOut(first(), handsOf(first().page, 'mouse'));
    await inAll(tabs, (tab) => expect(signInOf(tab)).toBeVisible());
    expect(await databasesOf(first().page)).toEqual([]);
    await expect.poll(() => meeting.demo.sessions()).toBe(1);
  });
}

async function judge(): Promise<void> {
  const { peer } = meeting;
  const heard = async (): Promise<string[]> => {
    const rows = (await peer.readAll(meeting.toHere, FIRST)).filter(({ own }) => !own);
    return meeting.wordsAmong(rows).map(({ text }) => text);
  };
  await expect.poll(async () => (await heard()).toSorted(), { timeout: 20_000 }).toEqual(written.slice(1).toSorted());
  if (meeting.isEncrypted) expect(await meeting.devicesHere()).toBe(1);
  expect([...meeting.faults, ...peer.errors]).toEqual([]);
  console.log(`  ${written.length} messages, ${meeting.keys} keys`);
}

// ---- sending ----

async function sendIn(tab: ChatPage, text: string): Promise<void> {
  written.push(text);
  await send(tab, handsOf(tab.page, 'mouse'), text);
}

/** And waits for nothing. */
async function hurlIn(tab: ChatPage, text: string): Promise<void> {
  written.push(text);
  await composerOf(tab).fill(text);
  await tab.page.keyboard.press('Enter');
}

/** Until another tab shows it, and no longer: the core has it then. */
async function writeIn(tab: ChatPage, text: string): Promise<void> {
  const other = tabs.find((one) => one !== tab) as ChatPage;
  const seen = other.page.evaluate(whenSeen, text);
  await hurlIn(tab, text);
  await seen;
}

/** Each tab its own text, all by the same clock. */
async function sendAtOnce(texts: readonly string[]): Promise<void> {
  written.push(...texts);
  const at = Date.now() + 500;
  await Promise.all(tabs.map((tab, index) => composerOf(tab).evaluate(sendAt, [texts[index] as string, at] as const)));
  const rowsIn = (tab: ChatPage): Promise<string[]> =>
    tab.chat
      .locator('warbler-thread .bubble')
      .evaluateAll((bubbles, all) => bubbles.flatMap(({ textContent }) => all.filter((text) => textContent.includes(text))), texts);
  const told = { timeout: 15_000 };
  await inAll(tabs, (tab) => expect.poll(async () => (await rowsIn(tab)).toSorted(), told).toEqual(texts.toSorted()));
  await expect.poll(async () => new Set((await Promise.all(tabs.map(rowsIn))).map((rows) => rows.join())).size, told).toBe(1);
}

/** Runs in the page: no draft has told the others of it yet when Enter is pressed. */
async function sendAt(field: Element, [text, at]: readonly [string, number]): Promise<void> {
  const until = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time - Date.now()));
  await until(at - 200);
  (field as HTMLTextAreaElement).value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await until(at);
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
}

/** From the key in the first tab to the frame in each other one. */
async function sendAndMeasure(text: string): Promise<number[]> {
  written.push(text);
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
