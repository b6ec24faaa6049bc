// Two people in two profiles: a picture and a file go encrypted from one to the other, are seen, and are saved byte for byte.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Browser, type BrowserContext, type Locator } from '@playwright/test';
import { files as words } from '../../src/texts/zh-cn/files.ts';
import { ATTACH_TEXTS } from '../../src/texts/late/attach.ts';
import { chatOn, composerOf, handsOf, messageOf, openThread, signIn, signOut, type ChatPage } from '../kit/chat-hands.ts';
import { databasesOf } from '../kit/chromium-tabs.ts';
import { openDemo, personOf, type DemoAccount, type DemoSite } from '../kit/demo-site.ts';

const CANARY = 'Zaunkönig-4711 im Anhang';
const PLACE = 'Hier-war-die-Kamera-0815';
const SOON = { timeout: 20_000 };

let demo: DemoSite;
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  demo = await openDemo();
});
test.afterAll(async () => {
  for (const context of contexts.splice(0)) await context.close();
  await demo.stop();
});

async function signInAs(browser: Browser, account: DemoAccount, other: DemoAccount): Promise<ChatPage> {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(`${demo.facts.home}page.html`);
  const on = chatOn(page);
  await signIn(on, handsOf(page, 'mouse'), account);
  await openThread(on, handsOf(page, 'mouse'), other.address);
  return on;
}

async function turnOn(on: ChatPage): Promise<void> {
  const sheet = on.chat.locator('warbler-encryption-sheet');
  await on.chat.locator('warbler-conversation-header .readability').click();
  await expect(async () => {
    await sheet.getByRole('switch').click();
    await expect(sheet.getByRole('switch')).toHaveAttribute('aria-checked', 'true', { timeout: 1_000 });
  }).toPass(SOON);
  await sheet.getByRole('button', { name: on.texts.close, exact: true }).click();
}

/** A picture with what a camera writes behind its first two bytes. */
async function takePicture({ page }: ChatPage): Promise<Buffer> {
  const drawn = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 800, height: 500 });
    const pen = canvas.getContext('2d');
    for (let x = 0; pen && x < 800; x += 20) {
      pen.fillStyle = `hsl(${x} 50% 60%)`;
      pen.fillRect(x, 0, 20, 500);
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
  });
  const picture = Buffer.from(drawn, 'base64');
  const note = Buffer.from(`Exif\0\0${PLACE}`);
  const head = Buffer.from([0xff, 0xe1, 0, note.length + 2]);
  return Buffer.concat([picture.subarray(0, 2), head, note, picture.subarray(2)]);
}

const stagedOf = ({ chat }: ChatPage): Locator => chat.locator('warbler-staged-files li');
const bubbleOf = ({ chat }: ChatPage, name: string): Locator => chat.locator('warbler-file-bubble', { hasText: name });

async function attach(on: ChatPage, ...chosen: readonly { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const waiting = on.page.waitForEvent('filechooser');
  await on.chat.getByRole('button', { name: ATTACH_TEXTS['zh-CN'].attach }).click();
  await (await waiting).setFiles([...chosen]);
  for (const { name } of chosen) await expect(stagedOf(on).filter({ hasText: name })).toBeVisible(SOON);
  await expect(on.chat.locator('warbler-staged-files')).not.toContainText(words.preparing, SOON);
}

async function save(on: ChatPage, press: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([on.page.waitForEvent('download', SOON), press()]);
  return readFile(await download.path());
}

test('a picture and a file are read by two people alone, and saved as they were sent', async ({ browser }) => {
  test.setTimeout(90_000);
  const [mia, jana] = [personOf(demo, 'mia'), personOf(demo, 'jana')];
  const there = await signInAs(browser, jana, mia);
  const here = await signInAs(browser, mia, jana);
  await turnOn(here);
  const picture = await takePicture(here);
  const paper = Buffer.concat([Buffer.from(CANARY), Buffer.alloc(300_000, 'Zaunkönig')]);

  await test.step('both are staged, and go out with the words that were written to the first', async () => {
    await attach(
      here,
      { name: 'hills.jpg', mimeType: 'image/jpeg', buffer: picture },
      { name: 'paper.txt', mimeType: 'text/plain', buffer: paper },
    );
    await here.page.reload();
    await expect(stagedOf(here)).toContainText(['hills.jpg', 'paper.txt'], SOON);
    await composerOf(here).fill('这两个');
    await here.page.keyboard.press('Enter');
    await expect(messageOf(here, '这两个').locator('[data-state]')).toHaveAttribute('data-state', /sent|delivered|read/, SOON);
    await expect(stagedOf(here)).toHaveCount(0);
  });

  await test.step('the picture comes by itself and is looked at large', async () => {
    await expect(messageOf(there, '这两个')).toBeVisible(SOON);
    await expect(bubbleOf(there, 'hills.jpg').locator('.main.here')).toBeVisible(SOON);
    await bubbleOf(there, 'hills.jpg').locator('.main').click();
    const view = there.chat.locator('warbler-picture-view');
    await expect(view.locator('canvas')).toBeVisible(SOON);
    const saved = await save(there, () => view.getByRole('button', { name: words.save('hills.jpg') }).click());
    expect(saved.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(saved.includes(PLACE)).toBe(false);
    await there.page.keyboard.press('Escape');
    await expect(view).toHaveCount(0);
  });

  await test.step('the file comes when somebody wants it, byte for byte', async () => {
    const saved = await save(there, () => bubbleOf(there, 'paper.txt').locator('.main').click());
    expect(saved.equals(paper)).toBe(true);
    await there.page.reload();
    await expect(bubbleOf(there, 'paper.txt').locator('.main.here')).toBeVisible(SOON);
  });

  await test.step('whoever keeps them cannot read them', () => {
    const kept = filesIn(demo.folder);
    for (const canary of [CANARY, PLACE, 'hills.jpg', 'paper.txt']) expect(kept.some((bytes) => bytes.includes(canary))).toBe(false);
  });

  await test.step('what was staged and not sent goes with signing out', async () => {
    await attach(here, { name: 'left.txt', mimeType: 'text/plain', buffer: paper });
    await here.page.reload();
    await expect(stagedOf(here)).toContainText(['left.txt'], SOON);
    await signOut(here, handsOf(here.page, 'mouse'));
    await expect.poll(() => databasesOf(here.page), SOON).toEqual([]);
  });
});

const filesIn = (folder: string): Buffer[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file));
