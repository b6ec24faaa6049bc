// How the second places follow the store: late, seldom, never ahead, and at once when it is closed.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Sentinel, type EpochKeeper } from '../../../../src/core/storage/sentinel.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';

function keeper(): { writes: number[]; place: EpochKeeper; breakOnce: () => void } {
  const writes: number[] = [];
  let breaks = false;
  return {
    writes,
    breakOnce: () => (breaks = true),
    place: {
      read: async () => writes.at(-1),
      write: async (_, epoch) => {
        if (breaks) throw ((breaks = false), new Error('the disk is away'));
        writes.push(epoch);
      },
      forget: async () => void writes.splice(0),
    },
  };
}

void describe('the sentinel', () => {
  const begin = (): { clock: ReturnType<typeof fakeClock>; told: string[]; sentinel: Sentinel } & ReturnType<typeof keeper> => {
    const clock = fakeClock();
    const told: string[] = [];
    const note = (what: string): void => void told.push(what);
    const kept = keeper();
    return { clock, told, ...kept, sentinel: new Sentinel([kept.place], 'me', { clock, log: { error: note, info: note, debug: note } }) };
  };

  void test('writes the first soon', async () => {
    const { clock, writes, sentinel } = begin();
    sentinel.raise(1);
    clock.advance(200);
    await sentinel.settled();
    assert.deepEqual(writes, [1]);
  });

  void test('writes the newest of a second, once', async () => {
    const { clock, writes, sentinel } = begin();
    sentinel.raise(1);
    await sentinel.settled();
    writes.length = 0;
    for (const epoch of [2, 3, 4]) sentinel.raise(epoch);
    clock.advance(999);
    assert.deepEqual(writes, []);
    clock.advance(1);
    await sentinel.settled();
    assert.deepEqual(writes, [4]);
    assert.equal(clock.pending(), 0);
  });

  void test('is up to date when it is waited for, without a second having passed', async () => {
    const { clock, writes, sentinel } = begin();
    sentinel.raise(7);
    await sentinel.settled();
    assert.deepEqual(writes, [7]);
    assert.equal(clock.pending(), 0);
  });

  void test('what was raised while it wrote is written too', async () => {
    const { clock, writes, sentinel } = begin();
    sentinel.raise(1);
    clock.advance(1_000);
    sentinel.raise(2);
    await sentinel.settled();
    assert.deepEqual(writes, [1, 2]);
  });

  void test('a place that did not take one epoch is told the next', async () => {
    const { clock, writes, told, sentinel, breakOnce } = begin();
    breakOnce();
    sentinel.raise(1);
    clock.advance(1_000);
    await sentinel.settled();
    assert.deepEqual(told, ['storage: a second place did not take the epoch']);
    sentinel.raise(2);
    await sentinel.settled();
    assert.deepEqual(writes, [2]);
  });
});
