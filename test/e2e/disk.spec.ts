// What lies in the browser's files: no text, name or address in clear, neither while somebody is signed in nor after.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, inflateSync } from 'node:zlib';
import { chromium, expect, test, type BrowserContext } from '@playwright/test';
import { CHROMIUM, CHROMIUM_FLAGS } from '../kit/browsers.ts';
import { chatOn, composerOf, handsOf, messageOf, openThread, send, signIn, signInOf, signOut, type ChatPage } from '../kit/chat-hands.ts';
import { databasesOf } from '../kit/chromium-tabs.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';

const SENT = 'Kanarienvogel-4711 sitzt im Käfig';
const SENT_ZH = '金丝雀四七一一在笼子里';
const DRAFT = 'Entwurf-Zaunkönig-0815';

const MOST_INFLATED = 4_000_000;

let demo: DemoSite;
let profile: string;

test.beforeEach(async () => {
  demo = await openDemo();
  profile = await mkdtemp(join(tmpdir(), 'warbler-profile-'));
});
test.afterEach(async () => {
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  await demo.stop();
});

async function withBrowser(work: (on: ChatPage, context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: CHROMIUM_FLAGS,
    locale: 'zh-CN',
    viewport: { width: 1280, height: 800 },
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    // What the demo itself tells its pages would lie in the browser's cache.
    await context.route('**/demo.json', (route) => route.fulfill({ json: { services: demo.facts.services } }));
    await page.goto(`${demo.facts.home}page.html`);
    await work(chatOn(page), context);
  } finally {
    await context.close();
  }
}

async function chat(on: ChatPage): Promise<void> {
  const hands = handsOf(on.page, 'mouse');
  await signIn(on, hands, personOf(demo, 'xiaochen'));
  await openThread(on, hands, personOf(demo, 'liwen').address);
  for (const text of [SENT, SENT_ZH]) await send(on, hands, text);
  await composerOf(on).fill(DRAFT);
  await expect(on.chat.locator('warbler-conversation-list')).toContainText(DRAFT);
}

test('a profile in use and one that was signed out hold nothing anybody could read', async () => {
  await withBrowser(chat);
  // A person restarts: what was kept is really there, so it really lies in these files.
  await withBrowser(async (on) => {
    await expect(messageOf(on, SENT)).toBeVisible();
    await expect(composerOf(on)).toHaveValue(DRAFT);
    expect((await databasesOf(on.page)).length).toBeGreaterThan(0);
  });
  const kept = await searchProfile();
  expect(kept.found.filter(isNoFormHistory)).toEqual([]);
  expect(kept.bytes).toBeGreaterThan(100_000);

  await withBrowser(async (on) => {
    await expect(messageOf(on, SENT)).toBeVisible();
    await signOut(on, handsOf(on.page, 'mouse'));
    expect(await databasesOf(on.page)).toEqual([]);
  });
  expect((await searchProfile()).found.filter(isNoFormHistory)).toEqual([]);
  await withBrowser(async (on) => {
    await expect(signInOf(on)).toBeVisible();
    await expect(messageOf(on, SENT)).toHaveCount(0);
  });
});

test('on a borrowed device not even the browser remembers who was here', async () => {
  await withBrowser(async (on) => {
    await on.chat.locator('input[name="temporary"]').check();
    await chat(on);
    expect(await databasesOf(on.page)).toEqual([]);
  });
  expect((await searchProfile()).found).toEqual([]);
});

test('the search finds what does lie there', async () => {
  await withBrowser(async ({ page }) => {
    await page.evaluate((text) => localStorage.setItem('canary', text), SENT);
    await page.evaluate((text) => localStorage.setItem('鸟', text), SENT_ZH);
  });
  const { found } = await searchProfile();
  for (const canary of [SENT, SENT_ZH]) expect(found.some((line) => line.startsWith(canary))).toBe(true);
});

// ---- the search ----

/** Browsers keep what was typed into a field for the next time, unless the person says that the device is not theirs. */
const isNoFormHistory = (line: string): boolean => !/@willow\.test in \/Default\/Web Data/.test(line);

/** Texts, drafts, names and addresses of everybody, titles of rooms, and some of the history that was shown. */
function canaries(): string[] {
  const { accounts, rooms, domain, conferenceDomain } = demo.facts;
  const people = accounts.flatMap(({ address, password, name }) => [address, password, ...(name.length > 3 ? [name] : [])]);
  const places = rooms.flatMap(({ address, title }) => [address, title]);
  return [SENT, SENT_ZH, DRAFT, 'Kanarienvogel', '金丝雀', 'Zaunkönig', ...people, ...places, `@${domain}`, conferenceDomain];
}

const isLatin = (text: string): boolean => Buffer.from(text, 'latin1').toString('latin1') === text;

async function searchProfile(): Promise<{ found: string[]; bytes: number }> {
  const needles = canaries().flatMap((text) => [
    { text, bytes: Buffer.from(text, 'utf8') },
    { text, bytes: Buffer.from(text, 'utf16le') },
    // Where Chromium can, it writes a letter as one byte.
    ...(isLatin(text) ? [{ text, bytes: Buffer.from(text, 'latin1') }] : []),
  ]);
  const entries = await readdir(profile, { recursive: true, withFileTypes: true });
  let bytes = 0;
  const found = new Set<string>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path).catch(() => Buffer.alloc(0));
    bytes += content.length;
    for (const haystack of [content, ...inflatedIn(content)])
      for (const { text, bytes: needle } of needles) if (haystack.includes(needle)) found.add(`${text} in ${path.slice(profile.length)}`);
  }
  return { found: [...found], bytes };
}

/** What is deflated somewhere in a file: tried wherever a zlib header may begin. Our blocks are sealed after they are deflated. */
function inflatedIn(content: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = content.indexOf(0x78); at >= 0 && at + 1 < content.length; at = content.indexOf(0x78, at + 1)) {
    if (content.readUInt16BE(at) % 31 !== 0) continue;
    const text = quietly(() => inflateSync(content.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_INFLATED }));
    if (text && text.length >= 16) found.push(text);
  }
  return found;
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
