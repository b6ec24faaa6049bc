// Base64 as others write it, and nothing that only looks like it.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fromBase64, toBase64 } from '../../../src/base/base64.ts';
import { concatBytes, isEqual } from '../../../src/base/bytes.ts';
import { fc } from '../../kit/properties.ts';

describe('base64', () => {
  it('comes back as it went, and as others write it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        equal(toBase64(bytes), Buffer.from(bytes).toString('base64'));
        deepEqual(fromBase64(toBase64(bytes)), Uint8Array.from(bytes));
      }),
    );
  });

  const refused = ['A', 'AA', 'AAA', 'AA=A', '====', 'AA==AA==', 'A A=', 'AA-_', 'AAAA\n', '=AAA'];
  for (const text of refused) it(`refuses ${JSON.stringify(text)}`, () => equal(fromBase64(text), undefined));
});

describe('runs of bytes', () => {
  it('are put together in order', () =>
    deepEqual(concatBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)), Uint8Array.of(1, 2, 3)));

  it('are equal in every byte and in length', () => {
    equal(isEqual(Uint8Array.of(1, 2), Uint8Array.of(1, 2)), true);
    equal(isEqual(Uint8Array.of(1, 2), Uint8Array.of(1, 3)), false);
    equal(isEqual(Uint8Array.of(1, 0), Uint8Array.of(1)), false);
    equal(isEqual(new Uint8Array(), new Uint8Array()), true);
  });
});
