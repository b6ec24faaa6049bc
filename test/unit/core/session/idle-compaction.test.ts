// Folding waits until nothing else is to do, goes on until all is folded, and leaves no timer behind.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { IdleCompaction } from '../../../../src/core/session/idle-compaction.ts';
import type { StorageState } from '../../../../src/model/situation.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { settled } from '../../../kit/scripted-connection.ts';

describe('folding when nothing else is to do', () => {
  let clock: FakeClock;
  let steps: number;
  let left: number;
  let isBusy: boolean;
  let state: StorageState;
  let compaction: IdleCompaction;

  beforeEach(() => {
    clock = fakeClock();
    [steps, left, isBusy, state] = [0, 1, false, 'durable'];
    compaction = new IdleCompaction({
      clock,
      log: { error: assert.fail, info: () => undefined, debug: () => undefined },
      isBusy: () => isBusy,
      store: { state: () => state, compact: async () => (steps++, --left > 0) },
    });
  });

  const wait = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 50) {
      clock.advance(50);
      await settled();
    }
  };

  it('happens once some seconds were quiet, and ends without a timer', async () => {
    compaction.written();
    await wait(4_000);
    compaction.written();
    await wait(4_000);
    assert.equal(steps, 0);
    await wait(1_500);
    assert.equal(steps, 1);
    assert.equal(clock.pending(), 0);
  });

  it('has one timer however much is written', () => {
    for (let times = 0; times < 100; times++) compaction.written();
    assert.equal(clock.pending(), 1);
  });

  it('goes on until all is folded, and rests when something is written meanwhile', async () => {
    left = 5;
    compaction.written();
    await wait(5_000);
    assert.equal(steps, 1);
    compaction.written();
    await wait(4_900);
    assert.equal(steps, 1);
    await wait(2_000);
    assert.equal(steps, 5);
    assert.equal(clock.pending(), 0);
  });

  it('waits while history is being fetched, and is called again when that ends', async () => {
    isBusy = true;
    compaction.written();
    await wait(6_000);
    assert.deepEqual([steps, clock.pending()], [0, 0]);
    isBusy = false;
    compaction.written();
    await wait(6_000);
    assert.equal(steps, 1);
  });

  it('leaves a full disk and a foreign database alone', async () => {
    for (state of ['full', 'read-only', 'memory'] as const) {
      compaction.written();
      await wait(6_000);
    }
    assert.equal(steps, 0);
  });

  it('ends with the account', async () => {
    compaction.written();
    compaction.stop();
    assert.equal(clock.pending(), 0);
    compaction.written();
    assert.equal(clock.pending(), 0);
  });
});
