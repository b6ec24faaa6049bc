// axe over every page of the demo in its faces, in both languages, light and dark (words have no colour: two looks see all of it).
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { failureSentence } from '../../src/elements/failure-words.ts';
import { en } from '../../src/texts/en.ts';
import { zhCN } from '../../src/texts/zh-cn.ts';
import { chatOn, composerOf, handsOf, openThread, signIn, signInOf, type ChatPage } from '../kit/chat-hands.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';
import { startCuttingProxy, type CuttingProxy } from '../kit/engines/cutting-proxy.ts';

test.setTimeout(180_000);

const LOOKS = [
  { lang: 'zh-CN', theme: 'light', texts: zhCN },
  { lang: 'en', theme: 'dark', texts: en },
] as const;

let demo: DemoSite;
let proxy: CuttingProxy;

test.beforeAll(async () => {
  demo = await openDemo();
  proxy = await startCuttingProxy(Number(new URL(demo.service).port));
});
test.afterAll(async () => {
  await proxy.stop();
  await demo.stop();
});

/** Colours are looked at where they have come to rest. */
async function expectNoFindings(page: Page, face: string): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))));
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  const findings = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
  expect.soft(findings, face).toEqual([]);
  expect(passes.length).toBeGreaterThan(10);
}

for (const { lang, theme, texts } of LOOKS) {
  test(`full page, ${lang}, ${theme}: sign-in, mistakes, list, thread, menus, sheet, room, trouble`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const services = [demo.service.replace(/:\d+/, `:${proxy.port}`)];
    await page.route('**/demo.json', (route) => route.fulfill({ json: { ...demo.facts, services } }));
    await page.goto(`${demo.facts.home}page.html?lang=${lang}&theme=${theme}`);
    const on = chatOn(page, 'warbler-chat', texts);
    const look = (face: string): Promise<void> => expectNoFindings(page, `${face}, ${lang}, ${theme}`);
    await lookAtSignIn(on, look);
    await lookAtMain(on, look);
    await lookAtTrouble(on, look);
  });
}

type Look = (face: string) => Promise<void>;

async function lookAtSignIn(on: ChatPage, look: Look): Promise<void> {
  const { chat, texts, page } = on;
  await expect(signInOf(on)).toBeVisible();
  await look('sign-in');
  await chat.getByRole('button', { name: texts.signIn, exact: true }).click();
  await expect(chat.getByText(texts.addressMissing)).toBeVisible();
  await look('sign-in with mistakes');
  const hands = handsOf(page, 'mouse');
  await hands.write(chat.locator('input[name="username"]'), personOf(demo, 'xiaochen').address);
  await hands.write(chat.locator('input[name="password"]'), 'wrong');
  await page.keyboard.press('Enter');
  await expect(chat.getByText(failureSentence(texts, { kind: 'wrong-credentials' })).first()).toBeVisible();
  await look('sign-in refused');
  await page.reload();
  await signIn(on, hands, personOf(demo, 'xiaochen'));
}

async function lookAtMain(on: ChatPage, look: Look): Promise<void> {
  const { chat, texts, page } = on;
  await look('list');
  await openThread(on, handsOf(page, 'mouse'), personOf(demo, 'liwen').address);
  await expect(chat.locator('warbler-thread [role="article"]').first()).toBeVisible();
  await look('thread');
  await chat.getByRole('button', { name: texts.accountMenu }).click();
  await look('account menu');
  await page.keyboard.press('Escape');
  await chat.getByRole('button', { name: texts.conversationMenu }).click();
  await look('conversation menu');
  await chat.getByRole('menuitem', { name: texts.findInConversation }).click();
  await expect(chat.locator('warbler-thread-finder input')).toBeFocused();
  await page.keyboard.type('的');
  await expect(chat.locator('warbler-thread-finder .count')).toHaveText(/^1\/\d+$/);
  await look('finding words');
  await chat.getByRole('button', { name: texts.jumpToDate, exact: true }).click();
  await expect(chat.locator('warbler-thread-finder input[type="date"]')).toBeFocused();
  await look('finding a day');
  await page.keyboard.press('Escape');
  await chat.getByRole('button', { name: texts.begin }).click();
  await expect(chat.locator('warbler-begin-sheet')).toBeVisible();
  await look('sheet');
  await page.keyboard.press('Escape');
  await chat.locator('warbler-conversation-list input').fill('nobody is called this');
  await expect(chat.getByText(texts.noResultsTitle, { exact: true })).toBeVisible();
  await look('nothing found');
  await chat.locator('warbler-conversation-list input').fill('');
  await openThread(on, handsOf(page, 'mouse'), demo.facts.rooms[0]?.address ?? '');
  await expect(chat.locator('warbler-thread [role="article"]').first()).toBeVisible();
  await look('room');
  await chat.getByRole('button', { name: texts.conversationMenu }).click();
  await chat.getByRole('menuitem', { name: texts.inviteToRoom }).click();
  await expect(chat.locator('warbler-invite-sheet li').first()).toBeVisible();
  await look('inviting');
  await page.keyboard.press('Escape');
}

async function lookAtTrouble(on: ChatPage, look: Look): Promise<void> {
  proxy.setOpen(false);
  proxy.cut();
  await expect(on.chat.locator('warbler-connection-bar .bar')).toBeVisible({ timeout: 15_000 });
  await composerOf(on).fill('waits');
  await on.page.keyboard.press('Enter');
  await expect(on.chat.locator('[data-state="queued"]')).toBeVisible();
  await look('offline');
  proxy.setOpen(true);
}

test('the other pages, at their width and at that of a phone', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(demo.facts.home);
    await expect(composerOf(chatOn(page, '#left'))).toBeVisible();
    await expect(composerOf(chatOn(page, '#right'))).toBeVisible();
    await expectNoFindings(page, `two people, ${width}`);
    await page.goto(`${demo.facts.home}parts.html`);
    await openThread(chatOn(page, '#session'), handsOf(page, 'mouse'), personOf(demo, 'omar').address);
    await expectNoFindings(page, `parts, ${width}`);
    await page.goto(`${demo.facts.home}launcher.html`);
    // What was open stays open in this tab.
    if (width === 1280) await page.locator('.launcher').click();
    await expect(signInOf(chatOn(page))).toBeVisible();
    await expectNoFindings(page, `launcher, ${width}`);
    await page.goto(`${demo.facts.home}embed.html`);
    await expect(page.getByRole('button')).toBeVisible();
    await expectNoFindings(page, `script tag, ${width}`);
  }
});
