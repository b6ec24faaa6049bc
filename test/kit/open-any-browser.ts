// Each of the three browsers, opened plainly on one page: nobody drives it, the page asks what to do.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM, CHROMIUM_FLAGS, FIREFOX, MINI_BROWSER } from './browsers.ts';
import { environmentOf, openScreen } from './webkit-driver.ts';

export type BrowserName = 'chromium' | 'firefox' | 'webkit';

/** On a profile that goes with it, or on one that is kept. */
export async function openAnyBrowser(name: BrowserName, url: string, kept?: string): Promise<{ pid: number; close(): Promise<void> }> {
  const profile = kept ?? (await mkdtemp(join(tmpdir(), `warbler-${name}-`)));
  const screen = name === 'webkit' ? await openScreen() : undefined;
  const child = startBrowser(name, url, profile, screen?.display ?? '');
  const children = [child, ...(screen ? [screen.child] : [])];
  const endWithUs = (): void => children.forEach((one) => one.kill('SIGKILL'));
  process.once('exit', endWithUs);
  return {
    pid: child.pid ?? -1,
    async close() {
      process.off('exit', endWithUs);
      for (const one of children) await end(one);
      if (!kept) await rm(profile, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
    },
  };
}

function startBrowser(name: BrowserName, url: string, profile: string, display: string): ChildProcess {
  const stdio = 'ignore';
  if (name === 'chromium') return spawn(CHROMIUM, ['--headless=new', ...CHROMIUM_FLAGS, `--user-data-dir=${profile}`, url], { stdio });
  if (name === 'firefox')
    return spawn(FIREFOX, ['--headless', '--no-remote', '--profile', profile, url], { stdio, env: { ...process.env, HOME: profile } });
  return spawn(MINI_BROWSER, [url], { stdio, env: environmentOf(display, profile) });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
  await once(child, 'exit');
  clearTimeout(timer);
}
