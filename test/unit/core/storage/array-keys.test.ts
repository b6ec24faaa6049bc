// Keys as WebKit 2.50 hands them out: a binary part runs on to the end of the whole key, and the order is that of bytes.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cmp } from 'dexie';
import { isReadOn, mendKeys } from '../../../../src/core/storage/array-keys.ts';

const id = (first: number, length = 16): ArrayBuffer => Uint8Array.from({ length }, (_, at) => (at === 0 ? first : at)).buffer;
const bytes = (key: IDBValidKey): unknown =>
  Array.isArray(key) ? key.map((part) => (part instanceof ArrayBuffer ? [...new Uint8Array(part)] : part)) : key;

void describe('keys that are arrays', () => {
  void it('are what was written, in the order of numbers', () => {
    const written = [
      [id(1), -2, 3],
      [id(1), 1, 3],
      [id(1), 256, 3],
      [id(2), 0, 1],
    ];
    const handedOut = [3, 2, 0, 1].map((at) =>
      written[at]!.map((part) => (part instanceof ArrayBuffer ? id(new Uint8Array(part)[0]!, 25 + at) : part)),
    );
    equal(
      handedOut.every((key) => isReadOn(key)),
      true,
    );
    deepEqual(mendKeys(handedOut, cmp).map(bytes), written.map(bytes));
  });

  void it('are left as they are where nothing is wrong with them', () => {
    const keys = [[0, id(1)], [1, id(1), 2], id(1), 'fact'];
    equal(mendKeys(keys, cmp), keys);
  });
});
