// R9 of the reliability table, on the files themselves: the browser dies, its databases are damaged, and it is started again.
// WARBLER_DAMAGES sets how often each kind of damage is done: 20 at night, else not at all (the stores' own suites damage rows and tables).
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import type { Notice, Situation } from '../../src/model/situation.ts';
import { CHROMIUM, CHROMIUM_FLAGS } from '../kit/browsers.ts';
import { openDemo, personOf, type DemoSite } from '../kit/demo-site.ts';
import { databaseFolders, FILE_DAMAGES } from '../kit/file-damages.ts';
import { openPeer, type Peer } from '../kit/peer.ts';
import { chance } from '../kit/random.ts';
import { openTabPage, readAllOn, sendFrom, serveTabPage, signInOn, type TabWindow } from '../kit/tab-page.ts';

const TIMES = Number(process.env['WARBLER_DAMAGES'] ?? (process.env['WARBLER_NIGHTLY'] ? 20 : 0));
const SENT = 12;

let demo: DemoSite;
let peer: Peer;
let kept: string;
let begin: string;
let texts: readonly string[];

test.skip(TIMES === 0, 'at night');

test.beforeAll(async () => {
  test.setTimeout(120_000);
  demo = await openDemo();
  peer = await openPeer(demo, 'jana');
  kept = await mkdtemp(join(tmpdir(), 'warbler-kept-'));
  begin = `begin ${crypto.randomUUID()}`;
  texts = Array.from({ length: SENT }, (_, at) => `text ${at}`);
  await inBrowser(kept, async (tab) => {
    expect((await signInOn(tab, demo, personOf(demo, 'mia'))).ok).toBe(true);
    for (const text of [begin, ...texts]) expect(await sendFrom(tab, peer.address, crypto.randomUUID(), text)).toBe(true);
    await expect.poll(() => textsOn(tab)).toEqual(texts);
    await expect.poll(async () => (await situationOf(tab)).waiting).toBe(0);
  });
});
test.afterAll(async () => {
  await peer?.close();
  await demo?.stop();
  await rm(kept, { recursive: true, force: true });
});

async function inBrowser(profile: string, work: (tab: Page, context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  try {
    await serveTabPage(context, demo);
    await work(await openTabPage(context.pages()[0] ?? (await context.newPage()), demo), context);
  } finally {
    await context.close();
  }
}

const textsOn = async (tab: Page): Promise<string[]> => (await readAllOn(tab, peer.address, begin)).map(({ text }) => text);

const situationOf = (tab: Page): Promise<Situation> =>
  tab.evaluate(async () => {
    const answer = await (window as unknown as TabWindow).tab.client.readSituation();
    if (!answer.ok) throw new Error(answer.failure.kind);
    return answer.value;
  });

for (const [what, damage] of Object.entries(FILE_DAMAGES))
  test(`R9: where ${what} the person learns of it and has everything again`, async () => {
    test.setTimeout(60_000 + TIMES * 20_000);
    for (let turn = 1; turn <= TIMES; turn++) {
      const profile = await mkdtemp(join(tmpdir(), 'warbler-damaged-'));
      await cp(kept, profile, { recursive: true });
      const folders = await databaseFolders(profile);
      expect(folders.length).toBeGreaterThan(0);
      for (const folder of folders) await damage(folder, chance(turn));
      await inBrowser(profile, judge);
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  });

/** Signed out, or told; never a thread that is less than it was without a word. */
async function judge(tab: Page): Promise<void> {
  await expect.poll(async () => (await situationOf(tab)).sign).not.toBe('restoring');
  const { sign, storage } = await situationOf(tab);
  expect(storage).toBe('durable');
  if (sign === 'signed-out') expect((await signInOn(tab, demo, personOf(demo, 'mia'))).ok).toBe(true);
  await expect.poll(async () => (await situationOf(tab)).connection.stage).toBe('online');
  await expect.poll(() => textsOn(tab), { timeout: 15_000 }).toEqual(texts);
  const { notices } = await situationOf(tab);
  console.log(`  ${sign}; told: ${notices.map((notice: Notice) => notice.kind).join(', ') || 'nothing'}`);
  if (sign === 'signed-out') expect(notices.map(({ kind }) => kind)).toContain('history-refetched');
  texts = [...texts, `text ${texts.length}`];
  expect(await sendFrom(tab, peer.address, crypto.randomUUID(), texts.at(-1) ?? '')).toBe(true);
  await expect.poll(async () => (await situationOf(tab)).waiting).toBe(0);
}
