// Two people in two profiles, two tabs each: one turns encryption on, both compare, a new device waits for a word, and nobody between them reads.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Browser, type BrowserContext } from '@playwright/test';
import { NS_OMEMO } from '../../src/xmpp/namespaces.ts';
import { encryption as words } from '../../src/texts/zh-cn/encryption.ts';
import { chatOn, composerOf, handsOf, messageOf, openThread, send, signIn, type ChatPage } from '../kit/chat-hands.ts';
import { openDemo, personOf, type DemoAccount, type DemoSite } from '../kit/demo-site.ts';

const FIRST = 'Zaunkönig-4711 singt nur für dich';
const ANSWER = '这句话只有两个人能读';
const LATER = 'Rotkehlchen-0815 ebenso';
const CANARIES = [FIRST, ANSWER, LATER, 'Zaunkönig-4711', 'Rotkehlchen-0815'];
/** Keys are made a moment after the first sync. */
const SOON = { timeout: 20_000 };

let demo: DemoSite;
const contexts: BrowserContext[] = [];

test.beforeEach(async () => {
  demo = await openDemo();
});
test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  await demo.stop();
});

/** A profile of its own, with so many tabs, each showing the thread with that person. */
async function signInAs(browser: Browser, account: DemoAccount, other: DemoAccount, tabs: number): Promise<ChatPage[]> {
  const context = await browser.newContext();
  contexts.push(context);
  const pages: ChatPage[] = [];
  for (let at = 0; at < tabs; at++) {
    const page = await context.newPage();
    await page.goto(`${demo.facts.home}page.html`);
    const on = chatOn(page);
    if (at === 0) await signIn(on, handsOf(page, 'mouse'), account);
    await openThread(on, handsOf(page, 'mouse'), other.address);
    pages.push(on);
  }
  return pages;
}

const badgeOf = ({ chat }: ChatPage) => chat.locator('warbler-conversation-header .readability');
const sheetOf = ({ chat }: ChatPage) => chat.locator('warbler-encryption-sheet');
const numberOf = (on: ChatPage) => sheetOf(on).locator('.number');

async function openSheet(on: ChatPage): Promise<void> {
  await badgeOf(on).click();
  await expect(sheetOf(on).getByRole('switch')).toBeVisible(SOON);
}

const closeSheet = (on: ChatPage) => sheetOf(on).getByRole('button', { name: on.texts.close, exact: true }).click();

async function turnOn(on: ChatPage): Promise<void> {
  await openSheet(on);
  // The other side publishes its keys a moment after it signed in.
  await expect(async () => {
    await sheetOf(on).getByRole('switch').click();
    await expect(sheetOf(on).getByRole('switch')).toHaveAttribute('aria-checked', 'true', { timeout: 1_000 });
  }).toPass(SOON);
  await closeSheet(on);
}

const readBy = (tabs: readonly ChatPage[], text: string) => Promise.all(tabs.map((on) => expect(messageOf(on, text)).toBeVisible(SOON)));
const showBadge = (tabs: readonly ChatPage[], text: string) => Promise.all(tabs.map((on) => expect(badgeOf(on)).toContainText(text, SOON)));

test('what two people write encrypted is read by them alone', async ({ browser }) => {
  test.setTimeout(150_000);
  const [mia, jana] = [personOf(demo, 'mia'), personOf(demo, 'jana')];
  const janas = await signInAs(browser, jana, mia, 2);
  const mias = await signInAs(browser, mia, jana, 2);
  const [one, other] = [mias[0]!, janas[0]!];
  const { readability } = one.texts;

  await test.step('one turns it on, and both sides go encrypted from there on, in every tab', async () => {
    await showBadge([...mias, ...janas], readability.organisation);
    await turnOn(one);
    await send(one, handsOf(one.page, 'mouse'), FIRST);
    await readBy([...mias, ...janas], FIRST);
    await showBadge([...mias, ...janas], readability.encrypted);
    await send(other, handsOf(other.page, 'mouse'), ANSWER);
    await readBy([...mias, ...janas], ANSWER);
  });

  await test.step('both see the same number; who says so has compared', async () => {
    for (const on of [one, other]) await openSheet(on);
    await expect(numberOf(one)).toBeVisible(SOON);
    await expect(numberOf(other)).toHaveText((await numberOf(one).textContent()) ?? '', SOON);
    await sheetOf(one).getByRole('button', { name: words.same, exact: true }).click();
    await expect(sheetOf(one)).toContainText(words.numberDone(jana.name), SOON);
    await closeSheet(one);
    await closeSheet(other);
    await showBadge(mias, readability.verified);
  });

  await test.step('a device that comes later waits for a word, and nothing is sent until then', async () => {
    const [third] = await signInAs(browser, jana, mia, 1);
    await expect(one.chat.locator('warbler-thread')).toContainText(one.texts.keysChanged['undecided-device'](jana.name), SOON);
    await composerOf(one).fill(LATER);
    await one.page.keyboard.press('Enter');
    await one.chat.getByRole('button', { name: one.texts.decide, exact: true }).click(SOON);
    await sheetOf(one)
      .getByRole('button', { name: new RegExp(`^${words.accept}`) })
      .click(SOON);
    await closeSheet(one);
    await readBy([...mias, ...janas, third!], LATER);
  });

  await test.step('a restart reads on, and the engine has no word of it', async () => {
    await other.page.reload();
    await readBy([other], LATER);
    const files = filesIn(demo.folder);
    expect(files.some((bytes) => bytes.includes(NS_OMEMO))).toBe(true);
    for (const canary of CANARIES) expect(files.some((bytes) => bytes.includes(canary))).toBe(false);
  });
});

const filesIn = (folder: string): Buffer[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file));
