// Keys that are arrays, as a browser hands them out. WebKit reads a binary part of one on to the end of the whole key (mended in March 2026, WebKit's
// pull request 59965; WebKitGTK 2.50 and Safari of that time have it, on the disk and not in memory): what it hands out is too long, it sorts by what
// follows as if that were bytes, and a range that begins or ends with a number holds anything. One key alone, and all keys below a binary part, are right.
import { ID_LENGTH } from './vault.ts';

const isTooLong = (part: unknown): part is ArrayBuffer => part instanceof ArrayBuffer && part.byteLength > ID_LENGTH;

export const isReadOn = (key: IDBValidKey): boolean => Array.isArray(key) && key.some(isTooLong);

/** As they were written, in the order they have everywhere. */
export function mendKeys(keys: readonly IDBValidKey[], compare: (one: IDBValidKey, other: IDBValidKey) => number): readonly IDBValidKey[] {
  return keys.some(isReadOn) ? keys.map(mendKey).toSorted(compare) : keys;
}

export const mendKey = (key: IDBValidKey): IDBValidKey =>
  Array.isArray(key) ? key.map((part) => (isTooLong(part) ? part.slice(0, ID_LENGTH) : part)) : key;
