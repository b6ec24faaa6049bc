// The rows of a browser's databases, as they lie in its SQLite files: read from a copy, with what stands in the log beside them.
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { filesBelow } from '../engines/looking.ts';
import { unpackSnappy } from './unpack.ts';

export interface StoredRow {
  file: string;
  /** The object store's name. */
  store: string;
  key: Buffer;
  value: Buffer;
}

const FIREFOX = 'SELECT name AS store, key, data AS value FROM object_data JOIN object_store ON object_store.id = object_store_id';
const WEBKIT = 'SELECT name AS store, key, value FROM Records JOIN ObjectStoreInfo ON ObjectStoreInfo.id = objectStoreID';

export async function rowsIn(profile: string): Promise<StoredRow[]> {
  const files = (await filesBelow(profile)).filter((file) => /\.sqlite3?$/.test(file));
  return (await Promise.all(files.map((file) => rowsOf(file)))).flat();
}

async function rowsOf(file: string): Promise<StoredRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'warbler-copy-'));
  try {
    const copy = join(folder, basename(file));
    await copyFile(file, copy);
    await copyFile(`${file}-wal`, `${copy}-wal`).catch(() => undefined);
    return read(copy).map((row) => ({ ...row, file }));
  } catch {
    return [];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function read(file: string): Omit<StoredRow, 'file'>[] {
  const database = new DatabaseSync(file);
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE name IN ('object_data', 'Records')").all();
    return tables.flatMap(({ name }) =>
      database
        .prepare(name === 'Records' ? WEBKIT : FIREFOX)
        .all()
        .map(rowOf),
    );
  } finally {
    database.close();
  }
}

function rowOf({ store, key, value }: Record<string, unknown>): Omit<StoredRow, 'file'> {
  const bytes = bytesOf(value);
  return { store: String(store), key: bytesOf(key), value: unpackSnappy(bytes) ?? bytes };
}

const bytesOf = (value: unknown): Buffer => (value instanceof Uint8Array ? Buffer.from(value) : Buffer.alloc(0));
