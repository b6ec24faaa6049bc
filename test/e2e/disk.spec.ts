// What lies in the browser's files: no text, name or address in clear, neither while somebody is signed in nor after.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, inflateSync } from 'node:zlib';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { lock as lockWords } from '../../src/texts/zh-cn/lock-words.ts';
import { CHROMIUM, CHROMIUM_FLAGS } from '../kit/browsers.ts';
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
import { databasesOf } from '../kit/chromium-tabs.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';
import { lockFaceOf, lockNow, openLockSheet, setPassphrase, unlock } from '../kit/lock-hands.ts';

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

test('a locked profile holds nothing of it in any tab or file, live and after a restart, and opens with its passphrase', async () => {
  await withBrowser(async (on) => {
    await chat(on);
    await setPassphrase(on, PASSPHRASE);
    const second = await openSecond(on);
    await openThread(second, handsOf(second.page, 'mouse'), personOf(demo, 'liwen').address);
    await expect(messageOf(second, SENT)).toBeVisible();
    await lockNow(on);
    for (const tab of [on, second]) {
      await expect(lockFaceOf(tab)).toBeVisible();
      const words = await wordsOf(tab);
      expect(canaries().filter((canary) => words.includes(canary))).toEqual([]);
    }
    expect((await keysIn(on.page)).objects).toBe(0);
    expect((await searchProfile()).found.filter(isNoFormHistory)).toEqual([]);
  });
  await withBrowser(async (on) => {
    await expect(lockFaceOf(on)).toBeVisible();
    expect(await keysIn(on.page)).toEqual({ databases: 2, objects: 0 });
    expect((await searchProfile()).found.filter(isNoFormHistory)).toEqual([]);
    await unlock(on, 'ein falsches Wort nach dem andern');
    await expect(lockFaceOf(on).getByText(lockWords.notOpened)).toBeVisible();
    await unlock(on, PASSPHRASE);
    await openThread(on, handsOf(on.page, 'mouse'), personOf(demo, 'liwen').address);
    await expect(messageOf(on, SENT)).toBeVisible();
    await expect(composerOf(on)).toHaveValue(DRAFT);
  });
});

test('a passkey locks and opens it, and a recovery code where the passkey is lost', async () => {
  await withBrowser(async ({ page }) => {
    // A passkey belongs to a name, never to a number.
    await page.goto(`${demo.facts.home.replace('127.0.0.1', 'localhost')}page.html`);
    const on = chatOn(page);
    const authenticator = await plugInAuthenticator(page);
    await signIn(on, handsOf(page, 'mouse'), personOf(demo, 'xiaochen'));
    await openLockSheet(on);
    const sheet = on.chat.locator('warbler-lock-sheet');
    await sheet.getByRole('button', { name: lockWords.setPasskey }).click();
    await sheet.getByRole('button', { name: lockWords.passkeyMake }).click();
    const code = (await sheet.locator('.code').textContent()) ?? '';
    expect(code).toMatch(/^([A-Z2-9]{4}-){5}[A-Z2-9]{4}$/);
    await sheet.locator('#field-code').fill(code.toLowerCase().replaceAll('-', ' '));
    await sheet.getByRole('button', { name: lockWords.set }).click();
    await expect(sheet.getByRole('button', { name: lockWords.turnOff })).toBeVisible({ timeout: 15_000 });
    await sheet.getByRole('button', { name: on.texts.close }).click();
    await lockNow(on);
    await lockFaceOf(on).getByRole('button', { name: lockWords.unlockByPasskey }).click();
    await expect(rowOf(on, personOf(demo, 'liwen').address)).toBeVisible();
    await lockNow(on);
    await authenticator.lose();
    await lockFaceOf(on).getByRole('button', { name: lockWords.unlockByPasskey }).click();
    await expect(lockFaceOf(on).getByRole('alert')).toContainText(lockWords.passkeyRefused);
    await lockFaceOf(on).getByRole('button', { name: lockWords.useRecoveryCode }).click();
    await unlock(on, code);
    await expect(rowOf(on, personOf(demo, 'liwen').address)).toBeVisible();
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

// ---- the lock ----

const PASSPHRASE = 'sieben grüne Kessel pfeifen nachts';

async function openSecond({ page }: ChatPage): Promise<ChatPage> {
  const second = await page.context().newPage();
  await second.goto(page.url());
  return chatOn(second);
}

/** Everything a tab holds in its document: words, names for those who listen, what stands in fields. */
const wordsOf = ({ page }: ChatPage): Promise<string> =>
  page.evaluate(() => {
    const look = (root: Document | ShadowRoot): string =>
      [...root.querySelectorAll('*')]
        .map((element) => {
          const attributes = [...element.attributes].map(({ value }) => value).join(' ');
          const value = 'value' in element ? String(element.value) : '';
          return `${element.textContent} ${attributes} ${value} ${element.shadowRoot ? look(element.shadowRoot) : ''}`;
        })
        .join(' ');
    return `${document.title} ${look(document)}`;
  });

/** How many databases there are, and how many key objects lie in them for whoever knows this program. */
const keysIn = (page: Page): Promise<{ databases: number; objects: number }> =>
  page.evaluate(async () => {
    const { storageBuckets } = navigator as unknown as {
      storageBuckets: { keys(): Promise<string[]>; open(name: string): Promise<{ indexedDB: IDBFactory }> };
    };
    const places = [indexedDB];
    for (const name of await storageBuckets.keys()) places.push((await storageBuckets.open(name)).indexedDB);
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve) => request.addEventListener('success', () => resolve(request.result)));
    let [databases, objects] = [0, 0];
    for (const place of places)
      for (const { name = '' } of await place.databases()) {
        databases += 1;
        const database = await settled(place.open(name));
        for (const store of database.objectStoreNames)
          for (const row of await settled(database.transaction(store).objectStore(store).getAll()))
            if (typeof row === 'object' && row !== null && Object.values(row as object).some((part) => part instanceof CryptoKey))
              objects += 1;
        database.close();
      }
    return { databases, objects };
  });

/** An authenticator of Chromium's own that answers salts (`prf`), and whose person always says yes. */
async function plugInAuthenticator(page: Page): Promise<{ lose(): Promise<unknown> }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { lose: () => devtools.send('WebAuthn.clearCredentials', { authenticatorId }) };
}

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
