// Chromium started plainly, without a DevTools client: an attached one makes WebSocket frames several times dearer.
// The page asks a control endpoint what to do and posts what it saw.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM, CHROMIUM_FLAGS } from '../../kit/browsers.ts';

export interface PlainBrowser {
  pid: number;
  profile: string;
  /** Ends it gently, so that what it wrote reaches the disk; `keepProfile` leaves the folder for the next start. */
  close(options?: { keepProfile?: boolean }): Promise<void>;
  kill(): Promise<void>;
}

export function newProfile(): string {
  return mkdtempSync(join(tmpdir(), 'warbler-profile-'));
}

export function openBrowser(url: string, options: { profile?: string; flags?: readonly string[]; size?: string } = {}): PlainBrowser {
  const profile = options.profile ?? newProfile();
  const flags = [
    '--headless=new',
    ...CHROMIUM_FLAGS,
    '--no-default-browser-check',
    `--window-size=${options.size ?? '1280,800'}`,
    `--user-data-dir=${profile}`,
    ...(options.flags ?? []),
  ];
  const child = spawn(CHROMIUM, [...flags, url], { stdio: 'ignore' });
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    await end(child, signal);
    process.off('exit', endWithUs);
  };
  return {
    pid: child.pid ?? -1,
    profile,
    close: async ({ keepProfile = false } = {}) => {
      await ended('SIGTERM');
      if (!keepProfile) await remove(profile);
    },
    kill: () => ended('SIGKILL'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await once(child, 'exit');
  clearTimeout(timer);
}

/** What the browser leaves behind writes for a moment longer. */
async function remove(folder: string): Promise<void> {
  for (let left = 30; left > 0; left--) {
    const gone = await rm(folder, { recursive: true, force: true }).then(
      () => true,
      () => false,
    );
    if (gone) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
