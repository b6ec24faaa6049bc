// Codes that a camera reads: by a reader of our own, written from the standard, and by what another program has read.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { makeCode, type Code } from '../../../../src/elements/key-codes/make-code.ts';
import { READABLE_VERSIONS, readCode } from '../../../kit/read-qr.ts';
import { chance } from '../../../kit/random.ts';

/** The most bytes at level L, by version (ISO/IEC 18004, table 7). */
const MOST: Readonly<Record<number, number>> = {
  1: 17,
  2: 32,
  4: 78,
  5: 106,
  6: 134,
  7: 154,
  9: 230,
  10: 271,
  13: 425,
  14: 458,
  20: 858,
  21: 929,
  26: 1367,
  27: 1465,
  32: 1952,
  33: 2068,
  39: 2809,
  40: 2953,
};

const made = (text: string): Code => {
  const code = makeCode(text);
  assert.ok(code, `${text.length} characters`);
  return code;
};

const versionOf = (code: Code): number => (code.length - 17) / 4;

test('a text takes the smallest code that holds it, and one byte more the next', () => {
  for (const [version, most] of Object.entries(MOST)) {
    assert.equal(versionOf(made('x'.repeat(most))), Number(version));
    if (most < 2953) assert.equal(versionOf(made('x'.repeat(most + 1))), Number(version) + 1);
  }
  assert.equal(makeCode('x'.repeat(2954)), undefined);
});

test('what was written is read, in sizes of every kind', () => {
  const random = chance(18004);
  for (const version of READABLE_VERSIONS) {
    const most = MOST[version] ?? 0;
    for (const length of [most, most - 1, Math.ceil(most * 0.97)]) {
      const text = Array.from({ length }, () => String.fromCharCode(32 + random.below(95))).join('');
      assert.equal(readCode(made(text)), text, `version ${version}, ${length} bytes`);
    }
  }
  assert.equal(readCode(made('李雯🔑')), '李雯🔑');
});

test('a reader is not fooled: one module turned is noticed', () => {
  const code = made('xmpp:li@warbler.example').map((row) => [...row]);
  const row = code[14];
  assert.ok(row);
  row[14] = !row[14];
  assert.throws(() => readCode(code));
});

/** Read by ZBar 0.23.92 as they were made, with 64 more of all sizes. */
const READ_BY_OTHERS: readonly (readonly [devices: number, digest: string])[] = [
  [1, 'f0c24cab985dae71'],
  [3, '7c2a6d73380e7832'],
  [20, '520fa97b69a61518'],
];

const keysOf = (devices: number): string =>
  Array.from({ length: devices }, (_, at) => `omemo-sid-${at + 1}=${'0123456789abcdef'.repeat(4)}`).join(';');

test('codes that another program has read are the same today', () => {
  for (const [devices, digest] of READ_BY_OTHERS) {
    const bits = made(`xmpp:li@warbler.example?${keysOf(devices)}`)
      .map((row) => row.map(Number).join(''))
      .join('\n');
    assert.equal(createHash('sha256').update(bits).digest('hex').slice(0, 16), digest, `${devices} devices`);
  }
});
