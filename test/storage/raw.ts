// The databases as somebody with the profile in hands sees them: every name, key and value, read and rewritten raw.
import { mendKey } from '../../src/core/storage/array-keys.ts';

export interface RawRow {
  key: IDBValidKey;
  value: unknown;
}

export async function openRaw(databases: IDBFactory, name: string, version?: number): Promise<IDBDatabase> {
  const request = databases.open(name, version);
  await settled(request);
  return request.result;
}

export async function rawRows(databases: IDBFactory, name: string, store: string): Promise<RawRow[]> {
  const database = await openRaw(databases, name);
  const from = database.transaction(store).objectStore(store);
  const [keys, values] = await Promise.all([settled(from.getAllKeys()), settled(from.getAll())]);
  database.close();
  const rows = keys.map((key, at) => ({ key: mendKey(key), value: values[at] as unknown }));
  return rows.toSorted((one, other) => databases.cmp(one.key, other.key));
}

export const putRaw = (databases: IDBFactory, name: string, store: string, rows: readonly RawRow[]): Promise<void> =>
  writeRaw(databases, name, store, (into) => rows.forEach(({ key, value }) => into.put(value, key)));

export const clearRaw = (databases: IDBFactory, name: string, store: string): Promise<void> =>
  writeRaw(databases, name, store, (into) => void into.clear());

async function writeRaw(databases: IDBFactory, name: string, store: string, work: (into: IDBObjectStore) => void): Promise<void> {
  const database = await openRaw(databases, name);
  const transaction = database.transaction(store, 'readwrite');
  work(transaction.objectStore(store));
  await new Promise((resolve, reject) => {
    transaction.addEventListener('complete', resolve);
    transaction.addEventListener('abort', () => reject(transaction.error));
  });
  database.close();
}

export interface RawDatabase {
  version: number;
  stores: Readonly<Record<string, readonly RawRow[]>>;
}

export async function copyRaw(databases: IDBFactory, name: string): Promise<RawDatabase> {
  const { version } = await openRaw(databases, name).then((database) => (database.close(), database));
  const stores: Record<string, readonly RawRow[]> = {};
  for (const store of await storeNamesOf(databases, name)) stores[store] = await rawRows(databases, name, store);
  return { version, stores };
}

/** In its place comes a database of exactly this version and these stores. */
export async function replaceRaw(databases: IDBFactory, name: string, { version, stores }: RawDatabase): Promise<void> {
  await deleteRaw(databases, name);
  const request = databases.open(name, version);
  request.onupgradeneeded = () => Object.keys(stores).forEach((store) => request.result.createObjectStore(store));
  await settled(request);
  request.result.close();
  for (const [store, rows] of Object.entries(stores)) await putRaw(databases, name, store, rows);
}

export async function deleteRaw(databases: IDBFactory, name: string): Promise<void> {
  await settled(databases.deleteDatabase(name));
}

export async function storeNamesOf(databases: IDBFactory, name: string): Promise<string[]> {
  const database = await openRaw(databases, name);
  const names = [...database.objectStoreNames];
  database.close();
  return names;
}

/** Everything a search of the disk would see, as one text; byte arrays as the characters they would be read as. */
export async function dumpAll(databases: IDBFactory, names: readonly string[]): Promise<string> {
  let dump = '';
  for (const name of names) {
    dump += `${name}\n`;
    for (const store of await storeNamesOf(databases, name)) {
      dump += `${store}\n`;
      for (const { key, value } of await rawRows(databases, name, store)) dump += `${textOf(key)}\n${textOf(value)}\n`;
    }
  }
  return dump;
}

export async function namesOfDatabases(databases: IDBFactory): Promise<string[]> {
  return (await databases.databases()).map(({ name }) => name ?? '');
}

export const sizeOfKey = (key: IDBValidKey): number => {
  if (typeof key === 'number' || key instanceof Date) return 8;
  if (typeof key === 'string') return key.length * 2;
  return Array.isArray(key) ? key.reduce((sum: number, part) => sum + sizeOfKey(part), 0) : key.byteLength;
};

function textOf(value: unknown): string {
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return latin(new Uint8Array(value));
  if (Array.isArray(value)) return value.map(textOf).join(' ');
  if (typeof value === 'object' && value !== null && !(value instanceof CryptoKey)) return Object.entries(value).map(textOf).join(' ');
  return value instanceof CryptoKey ? `key ${value.algorithm.name} ${String(value.extractable)}` : String(value);
}

function latin(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  // UTF-8 in raw bytes reads as text to any search; UTF-16 to some.
  return text + new TextDecoder().decode(bytes) + text.replaceAll('\u0000', '');
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

/** The same bytes with one bit turned round. */
export function flipped(value: unknown): Uint8Array {
  const bytes = (value as Uint8Array).slice();
  bytes[bytes.length - 3]! ^= 1;
  return bytes;
}
