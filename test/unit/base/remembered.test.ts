// Work that is not done twice, and a memory that does not grow.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { remembered } from '../../../src/base/remembered.ts';

function counting(): { ask: (text: string) => string; worked: string[] } {
  const worked: string[] = [];
  const ask = remembered(2, (text) => {
    worked.push(text);
    return text.toUpperCase();
  });
  return { ask, worked };
}

it('works each text out once, what comes to nothing included', () => {
  const { ask, worked } = counting();
  assert.deepEqual([ask('a'), ask('a'), ask(''), ask('')], ['A', 'A', '', '']);
  assert.deepEqual(worked, ['a', '']);
});

it('begins anew once there are too many', () => {
  const { ask, worked } = counting();
  for (const text of ['a', 'b', 'c', 'c', 'a']) ask(text);
  assert.deepEqual(worked, ['a', 'b', 'c', 'a']);
});

it('keeps nothing long', () => {
  const { ask, worked } = counting();
  ask('x'.repeat(300));
  ask('x'.repeat(300));
  assert.equal(worked.length, 2);
});
