// Waiting at random below a ceiling that doubles.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createBackoff } from '../../../src/base/backoff.ts';

it('doubles the ceiling from a second to a minute, and begins again after a reset', () => {
  const backoff = createBackoff(() => 1 - Number.EPSILON);
  const ceilings = Array.from({ length: 8 }, () => backoff.nextDelayMs());
  assert.deepEqual(ceilings, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  backoff.reset();
  assert.equal(backoff.nextDelayMs(), 1_000);
});

it('uses the whole range below the ceiling', () => {
  const backoff = createBackoff(() => 0);
  assert.equal(backoff.nextDelayMs(), 0);
  const half = createBackoff(() => 0.5);
  half.nextDelayMs();
  assert.equal(half.nextDelayMs(), 1_000);
});
