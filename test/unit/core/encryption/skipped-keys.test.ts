// Keys of messages that have not come yet: each is the one of its message, a thousand are kept, and one that was taken is gone.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgreementPublic, ChainKey } from '../../../../src/core/encryption/primitives/keys.ts';
import { nextMessage } from '../../../../src/core/encryption/ratchet/chains.ts';
import { advance, forgetSkipped, keepSkipped, takeSkipped } from '../../../../src/core/encryption/ratchet/skip.ts';
import type { SkippedKeys } from '../../../../src/core/encryption/ratchet/state.ts';

const CHAIN = new Uint8Array(32).fill(7) as ChainKey;
const nameOf = (chain: number): AgreementPublic => new Uint8Array(32).fill(chain) as AgreementPublic;
const keysOf = (from: number, to: number): SkippedKeys['keys'] => advance(CHAIN, from, to).skipped;
/** Which messages of which chain. */
const told = (kept: readonly SkippedKeys[]): unknown =>
  kept.map(({ theirs, keys }) => [theirs[0], keys[0]?.n, keys.at(-1)?.n, keys.length]);

describe('keys that are skipped', () => {
  it('are those of the messages in between, and the chain goes on behind them', () => {
    const first = nextMessage(CHAIN);
    const second = nextMessage(first.chain);
    const skipped = [{ n: 3, key: first.message }, { n: 4, key: second.message }]; // oxfmt-ignore
    deepEqual(advance(CHAIN, 3, 5), { chain: second.chain, skipped });
    deepEqual(advance(CHAIN, 3, 3), { chain: CHAIN, skipped: [] });
  });

  it('stand with their chain, the oldest first', () => {
    const one = keepSkipped([], nameOf(1), keysOf(0, 2));
    const two = keepSkipped(one, nameOf(2), keysOf(0, 1));
    deepEqual(told(keepSkipped(two, nameOf(1), keysOf(5, 7))), [[1, 0, 6, 4], [2, 0, 0, 1]]); // oxfmt-ignore
    equal(keepSkipped(two, nameOf(3), []), two);
  });

  it('are a thousand at most: the oldest go first, whole chains of them', () => {
    const full = keepSkipped(keepSkipped(keepSkipped([], nameOf(1), keysOf(0, 3)), nameOf(2), keysOf(0, 7)), nameOf(3), keysOf(0, 990));
    deepEqual(told(full), [[1, 0, 2, 3], [2, 0, 6, 7], [3, 0, 989, 990]]); // oxfmt-ignore
    deepEqual(told(keepSkipped(full, nameOf(4), keysOf(0, 1))), [[1, 1, 2, 2], [2, 0, 6, 7], [3, 0, 989, 990], [4, 0, 0, 1]]); // oxfmt-ignore
    deepEqual(told(keepSkipped(full, nameOf(4), keysOf(0, 3))), [[2, 0, 6, 7], [3, 0, 989, 990], [4, 0, 2, 3]]); // oxfmt-ignore
    deepEqual(told(keepSkipped(full, nameOf(4), keysOf(0, 5))), [[2, 2, 6, 5], [3, 0, 989, 990], [4, 0, 4, 5]]); // oxfmt-ignore
    deepEqual(told(keepSkipped([], nameOf(4), keysOf(0, 1_200))), [[4, 200, 1_199, 1_000]]); // oxfmt-ignore
  });

  it('are taken once, and leave no empty chain', () => {
    const kept = keepSkipped(keepSkipped([], nameOf(1), keysOf(4, 6)), nameOf(2), keysOf(0, 3));
    const middle = takeSkipped(kept, nameOf(2), 1);
    deepEqual([middle?.key, middle?.left[1]?.keys.map(({ n }) => n)], [keysOf(0, 3)[1]!.key, [0, 2]]);
    equal(takeSkipped(middle!.left, nameOf(2), 1), undefined);
    const first = takeSkipped(kept, nameOf(1), 4)!;
    deepEqual(told(first.left), [[1, 5, 5, 1], [2, 0, 2, 3]]); // oxfmt-ignore
    deepEqual(told(takeSkipped(first.left, nameOf(1), 5)!.left), [[2, 0, 2, 3]]); // oxfmt-ignore
    deepEqual([takeSkipped(kept, nameOf(2), 3), takeSkipped(kept, nameOf(3), 0)], [undefined, undefined]);
  });

  it('go with their chain when it is forgotten', () => {
    const kept = keepSkipped(keepSkipped([], nameOf(1), keysOf(0, 1)), nameOf(2), keysOf(0, 1));
    deepEqual(told(forgetSkipped(kept, [{ theirs: nameOf(3), next: 0 }, { theirs: nameOf(2), next: 0 }])), [[2, 0, 0, 1]]); // oxfmt-ignore
  });
});
