// Chromium whose tabs freeze. Playwright has every page of a browser it starts believe that it is in front, and what is in front is never
// frozen, though the debugger says that it is: here it joins a browser that runs, and leaves its pages as they are.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { CHROMIUM, CHROMIUM_FLAGS } from './browsers.ts';

export interface FreezableBrowser {
  readonly context: BrowserContext;
  /** A tab of another site, in the same window: in front of all others while somebody is there. */
  readonly elsewhere: Page;
  close(): Promise<void>;
}

export async function openFreezableBrowser(): Promise<FreezableBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'warbler-freezable-'));
  const flags = ['--headless=new', ...CHROMIUM_FLAGS, '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const child = spawn(CHROMIUM, [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const browser = await chromium.connectOverCDP(await debuggerOf(child), { noDefaults: true });
  const context = browser.contexts()[0] as BrowserContext;
  return {
    context,
    elsewhere: context.pages()[0] ?? (await context.newPage()),
    async close() {
      process.off('exit', endWithUs);
      const gone = once(child, 'exit');
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => {});
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
    },
  };
}

/** Chromium prints where it listens. */
async function debuggerOf({ stderr }: ChildProcess): Promise<string> {
  let printed = '';
  for await (const text of stderr ?? []) {
    printed += String(text);
    const found = /ws:\/\/\S+/.exec(printed)?.[0];
    if (found) return found;
  }
  throw new Error(`Chromium did not start: ${printed}`);
}

/** Resolves when the page has heard of it. Only a page that somebody turned away from can be frozen; whoever turns to it thaws it. */
export async function freeze(tab: Page): Promise<void> {
  const frozen = tab.evaluate(() => new Promise<void>((heard) => document.addEventListener('freeze', () => heard(), { once: true })));
  const session = await tab.context().newCDPSession(tab);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await frozen;
  await session.detach();
}
