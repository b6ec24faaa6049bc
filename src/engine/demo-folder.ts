// The folder an engine of the demo lives in: claimed by one runner at a time, remembered from one start to the next.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EngineKind } from './plan.ts';

/** What a later start wants to know. */
export interface Remembered {
  /** The seed went in whole; without it the folder is a broken beginning and is begun anew. */
  filled: boolean;
  /** So that browsers find what they keep for the demo's address. */
  ports: readonly number[];
  enginePid?: number;
}

export interface DemoFolder {
  path: string;
  release(): void;
}

const MOST_BESIDE_EACH_OTHER = 50;

/** `.run/prosody`, or `.run/prosody-2` where somebody else holds the first. */
export async function claimFolder(base: string, kind: EngineKind): Promise<DemoFolder> {
  for (let turn = 1; turn <= MOST_BESIDE_EACH_OTHER; turn += 1) {
    const path = join(base, turn === 1 ? kind : `${kind}-${turn}`);
    const release = await tryToHold(path);
    if (!release) continue;
    await mkdir(path, { recursive: true });
    return { path, release };
  }
  throw new Error(`${MOST_BESIDE_EACH_OTHER} demos run side by side below ${base}.`);
}

/**
 * A name that the kernel gives to one process and takes back when it ends, however it ends: no file can be left behind.
 * Elsewhere than on Linux a socket in the temporary folder does it, whose leftovers a try to connect tells from a holder.
 */
export async function tryToHold(path: string): Promise<(() => void) | undefined> {
  const name = `warbler-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return listenOn(`\0${name}`);
  const file = join(tmpdir(), `${name}.sock`);
  const held = await listenOn(file);
  if (held || (await isHeld(file))) return held;
  await rm(file, { force: true });
  return listenOn(file);
}

function listenOn(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const server: Server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(undefined));
    server.listen(name, () => {
      server.unref();
      resolve(() => void server.close());
    });
  });
}

async function isHeld(file: string): Promise<boolean> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(file);
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

// ---- what is remembered ----

const memoryOf = (folder: string): string => join(folder, 'demo.json');

export function recall(folder: string): Remembered | undefined {
  if (!existsSync(memoryOf(folder))) return undefined;
  try {
    const found = JSON.parse(readFileSync(memoryOf(folder), 'utf8')) as Partial<Remembered>;
    return found.filled === true && Array.isArray(found.ports) ? (found as Remembered) : undefined;
  } catch {
    return undefined;
  }
}

/** Written aside and moved into place: never half of it. */
export async function remember(folder: string, what: Remembered): Promise<void> {
  const aside = `${memoryOf(folder)}.new`;
  await writeFile(aside, JSON.stringify(what));
  await rename(aside, memoryOf(folder));
}

/** An engine whose runner was killed a moment ago is still on its way out; two engines must not share one folder. */
export async function outlive(pid: number | undefined, folder: string): Promise<void> {
  if (pid === undefined) return;
  for (let tries = 0; tries < 100; tries += 1) {
    if (!runsIn(pid, folder)) return;
    await wait(100);
  }
}

function runsIn(pid: number, folder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
  } catch {
    return false;
  }
}

export async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}
