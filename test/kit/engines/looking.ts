// Waiting for what an engine takes its time with, and looking through what it has written.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../../../src/engine/sqlite.ts';

const PATIENCE_MS = 30_000;

export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await isSo()); await wait(50)) assert.ok(Date.now() < end, what);
}

export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

/** Of all its files, as the bytes lie there. */
export async function contentBelow(directory: string): Promise<Buffer> {
  const contents = (await filesBelow(directory)).map((file) => readFile(file).catch(() => Buffer.alloc(0)));
  return Buffer.concat((await Promise.all(contents)).flatMap((one) => [one, Buffer.from('\n')]));
}

/** A word of it is looked for. */
export const contentOf = async (directory: string): Promise<string> => (await contentBelow(directory)).toString('latin1');

/** What its databases answer, row by row: in their files a word may lie torn in two. */
export async function rowsBelow(directory: string): Promise<Buffer> {
  const rows: Buffer[] = [];
  for (const file of await filesBelow(directory)) {
    if (!(await readFile(file)).subarray(0, 15).equals(Buffer.from('SQLite format 3'))) continue;
    const database = await openDatabase(file);
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    for (const { name } of tables)
      for (const row of database.prepare(`SELECT * FROM "${String(name)}"`).all())
        rows.push(Buffer.from(`${Object.values(row).map(asText).join('\t')}\n`));
    database.close();
  }
  return Buffer.concat(rows);
}

const asText = (value: unknown): string => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value));
