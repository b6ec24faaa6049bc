// The demo's pages as a newcomer meets them: each by the mouse and by the keyboard alone, and nothing to complain of in the console.
import { expect, test, type Page } from '@playwright/test';
import { en } from '../../src/texts/en.ts';
import { LOADER_TEXTS } from '../../src/texts/loader.ts';
import { zhCN } from '../../src/texts/zh-cn.ts';
import {
  chatOn,
  complaintsOf,
  composerOf,
  goBack,
  handsOf,
  messageOf,
  openThread,
  rowOf,
  send,
  signIn,
  signInOf,
  signOut,
  type ChatPage,
  type HandsKind,
} from '../kit/chat-hands.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';
import { countWorkers, storedBy } from '../kit/chromium-tabs.ts';

const HANDS: readonly HandsKind[] = ['mouse', 'keyboard'];
const NARROW = { width: 640, height: 800 };

let demo: DemoSite;
let sittings = 0;
let complaints: string[] = [];

test.beforeAll(async () => {
  demo = await openDemo();
});
test.afterAll(() => demo.stop());
test.beforeEach(({ page }) => void (complaints = complaintsOf(page)));
test.afterEach(() => expect(complaints).toEqual([]));

/** Everything a person does in one sitting. */
async function sitThrough(on: ChatPage, kind: HandsKind, name: string, other: string, columns: 'one' | 'two' = 'one'): Promise<void> {
  const hands = handsOf(on.page, kind);
  await signIn(on, hands, personOf(demo, name));
  await openThread(on, hands, personOf(demo, other).address);
  const sitting = `${name} ${kind} ${++sittings}`;
  await send(on, hands, `${sitting} 用按钮发送`);
  await send(on, hands, `${sitting} sent by Enter`, 'enter');
  if (columns === 'one') await goBack(on, hands);
  await expect(rowOf(on, personOf(demo, other).address)).toContainText(`${sitting} sent by Enter`);
  await signOut(on, hands);
}

test('two people on one page write to each other', async ({ page }) => {
  await page.goto(demo.facts.home);
  const left = chatOn(page, '#left');
  const right = chatOn(page, '#right', en);
  const hands = handsOf(page, 'mouse');
  await send(left, hands, '早上好，桌子到了吗？');
  await expect(messageOf(right, '早上好，桌子到了吗？')).toBeVisible();
  await send(right, hands, 'It is on its way', 'enter');
  await expect(messageOf(left, 'It is on its way')).toBeVisible();
});

for (const kind of HANDS) {
  test(`two people: each side by ${kind}`, async ({ page }) => {
    await page.goto(demo.facts.home);
    for (const [selector, name, other, texts] of [
      ['#left', 'xiaochen', 'liwen', zhCN],
      ['#right', 'liwen', 'xiaochen', en],
    ] as const) {
      const on = chatOn(page, selector, texts);
      const hands = handsOf(page, kind);
      await expect(composerOf(on)).toBeVisible();
      await goBack(on, hands);
      await signOut(on, hands);
      await sitThrough(on, kind, name, other);
    }
  });

  test(`full page by ${kind}`, async ({ page }) => {
    const columns = kind === 'mouse' ? 'two' : 'one';
    if (columns === 'one') await page.setViewportSize(NARROW);
    await page.goto(`${demo.facts.home}page.html`);
    await sitThrough(chatOn(page), kind, 'mia', 'omar', columns);
  });

  test(`parts by ${kind}`, async ({ page }) => {
    await page.goto(`${demo.facts.home}parts.html`);
    const on = chatOn(page, '#session');
    const hands = handsOf(page, kind);
    await openThread(on, hands, personOf(demo, 'jana').address);
    await send(on, hands, `parts by ${kind}`);
    await on.chat.evaluate((session) => (session as unknown as { signOut(): Promise<unknown> }).signOut());
    await expect(composerOf(on)).toBeHidden();
  });

  test(`launcher by ${kind}`, async ({ page }) => {
    await page.goto(`${demo.facts.home}launcher.html`);
    const on = chatOn(page);
    const hands = handsOf(page, kind);
    const launcher = on.chat.locator('.launcher');
    await hands.press(launcher);
    await expect(launcher).toHaveAttribute('aria-expanded', 'true');
    await sitThrough(on, kind, 'wanglei', 'jana');
    await page.keyboard.press('Escape');
    await expect(signInOf(on)).toBeHidden();
    await expect(launcher).toBeFocused();
  });

  test(`script tag by ${kind}, served from the page's own site`, async ({ page }) => {
    await sitAtTheEmbed(page, demo.facts.otherSite, kind, 'shared_worker');
  });

  test(`script tag by ${kind}, served from another site`, async ({ page }) => {
    await sitAtTheEmbed(page, demo.facts.home, kind, 'worker');
  });
}

async function sitAtTheEmbed(page: Page, site: string, kind: HandsKind, worker: 'shared_worker' | 'worker'): Promise<void> {
  const asked: string[] = [];
  page.on('request', (request) => void (request.url().includes('/warbler/') && asked.push(request.url())));
  await page.goto(`${site}embed.html`, { waitUntil: 'networkidle' });
  const button = page.getByRole('button', { name: LOADER_TEXTS.zh.open });
  await expect(button).toBeVisible();
  expect(asked).toEqual([`${demo.facts.embed}embed.js`]);
  expect(await storedBy(page)).toEqual([]);
  expect(await countWorkers(page)).toEqual({ worker: 0, shared_worker: 0 });
  expect(await demo.sockets()).toBe(0);

  await handsOf(page, kind).press(button);
  await sitThrough(chatOn(page), kind, 'omar', 'mia');
  expect(await countWorkers(page)).toEqual({ worker: 0, shared_worker: 0, [worker]: 1 });
}

test('the launcher is as quiet as the script tag until it is opened', async ({ page }) => {
  await page.goto(`${demo.facts.home}launcher.html`, { waitUntil: 'networkidle' });
  await expect(page.locator('.launcher')).toBeVisible();
  expect(await storedBy(page)).toEqual([]);
  expect(await countWorkers(page)).toEqual({ worker: 0, shared_worker: 0 });
});
