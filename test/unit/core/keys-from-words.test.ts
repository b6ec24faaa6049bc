// Keys from words: the standard's algorithm, and the same words however they were typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyFromWords } from '../../../src/core/keys-from-words.ts';
import { toBytes } from '../../../src/core/utf8.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const CHEAP = { memoryKiB: 256, passes: 2, lanes: 1 };
const SALT = toBytes('somesalt');

test('the reference implementation finds the same key', async () => {
  const key = await keyFromWords('password', SALT, CHEAP);
  assert.equal(hex(key), '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe');
});

test('spaces and composed letters do not matter, words do', async () => {
  const key = hex(await keyFromWords('caf\u00e9  au lait ', SALT, CHEAP));
  assert.equal(hex(await keyFromWords('cafe\u0301 au\u00a0lait', SALT, CHEAP)), key);
  assert.notEqual(hex(await keyFromWords('Caf\u00e9 au lait', SALT, CHEAP)), key);
});
