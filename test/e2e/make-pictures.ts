// `npm run pictures`: the pictures in docs/, taken from the running demo, so that they show what there is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { startDemo } from '../../src/engine/demo.ts';
import { valueOf } from '../../src/engine/outcome.ts';
import { CHROMIUM, CHROMIUM_FLAGS } from '../kit/browsers.ts';
import { ROOT } from '../structure/source-files.ts';

interface Picture {
  name: string;
  size: [width: number, height: number];
  theme: 'light' | 'dark';
  lang: 'zh-CN' | 'en';
  page: string;
  /** Which sample account; without one nobody is signed in. */
  account?: number;
  /** The title of the conversation to open. */
  open?: string;
  act?: (page: Page) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { name: 'sign-in-light-zh', size: [400, 640], theme: 'light', lang: 'zh-CN', page: 'page.html' },
  { name: 'sign-in-dark-en', size: [400, 640], theme: 'dark', lang: 'en', page: 'page.html' },
  { name: 'page-light-zh', size: [1280, 800], theme: 'light', lang: 'zh-CN', page: 'page.html', account: 0, open: '李雯' },
  { name: 'page-dark-en', size: [1280, 800], theme: 'dark', lang: 'en', page: 'page.html', account: 2, open: '设计周会' },
  { name: 'phone-list-light-zh', size: [390, 844], theme: 'light', lang: 'zh-CN', page: 'page.html', account: 0 },
  { name: 'phone-thread-light-zh', size: [390, 844], theme: 'light', lang: 'zh-CN', page: 'page.html', account: 0, open: '李雯' },
  { name: 'phone-thread-dark-en', size: [390, 844], theme: 'dark', lang: 'en', page: 'page.html', account: 4, open: '陈晓' },
];

async function takePicture(
  context: BrowserContext,
  home: string,
  accounts: readonly { address: string; password: string }[],
  picture: Picture,
): Promise<void> {
  const page = await context.newPage();
  const query = new URLSearchParams({ lang: picture.lang, theme: picture.theme, profile: picture.name });
  await page.goto(`${home}${picture.page}?${query}`);
  const account = picture.account === undefined ? undefined : accounts[picture.account];
  if (account) {
    await page.locator('warbler-sign-in').waitFor();
    await page.getByRole('textbox').first().fill(account.address);
    await page.locator('input[type=password]').fill(account.password);
    await page.keyboard.press('Enter');
    await page.locator('warbler-conversation-list .row').first().waitFor();
  } else await page.locator('warbler-sign-in input').first().waitFor();
  if (picture.open) {
    await page.locator('warbler-conversation-list .row', { hasText: picture.open }).first().click();
    await page.locator('warbler-thread .bubble').first().waitFor();
  }
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  // Presence, receipts and the last rows arrive within a moment; nothing tells that all of them have.
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: join(ROOT, 'docs/pictures', `${picture.name}.png`) });
  await page.close();
}

const folder = mkdtempSync(join(tmpdir(), 'warbler-pictures-'));
const demo = valueOf(
  await startDemo({ engine: 'prosody', fresh: false, dev: false, help: false }, { root: ROOT, run: folder, say: console.log }),
);
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
try {
  for (const picture of PICTURES) {
    const [width, height] = picture.size;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: picture.theme, locale: picture.lang });
    await takePicture(context, demo.facts.home, demo.facts.accounts, picture);
    await context.close();
    console.log(picture.name);
  }
} finally {
  await browser.close();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
}
