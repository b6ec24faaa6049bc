import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { digestName } from '../../../src/base/digest.ts';

test('a name is the first half of what SHA-256 makes of its parts, at every length', () => {
  for (let length = 0; length < 200; length++) {
    const parts = ['open', '莺'.repeat(length % 7), 'x'.repeat(length)];
    const whole = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
    assert.equal(digestName(...parts), whole.slice(0, 32));
  }
});

test('unlike parts have unlike names, and half a letter is no reason to fail', () => {
  assert.notEqual(digestName('ab', 'c'), digestName('a', 'bc'));
  assert.match(digestName('\ud83d'), /^[0-9a-f]{32}$/);
});
