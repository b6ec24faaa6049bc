// Waiting for what an engine takes its time with, and looking through what it has written.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE_MS = 30_000;

export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await isSo()); await wait(50)) assert.ok(Date.now() < end, what);
}

export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

/** Of all its files, as the bytes lie there. */
export async function contentOf(directory: string): Promise<string> {
  const contents = (await filesBelow(directory)).map((file) => readFile(file, 'latin1').catch(() => ''));
  return (await Promise.all(contents)).join('\n');
}
