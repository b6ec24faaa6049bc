// Which blocks are read, written, folded and given up: the pure rules.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConversationRecord } from '../../../../src/core/ports.ts';
import { cutEvenly, planBlocks } from '../../../../src/core/storage/block-plan.ts';
import { blockAt, refsAbove, refsBelow } from '../../../../src/core/storage/block-refs.ts';
import { runToFold } from '../../../../src/core/storage/fold-plan.ts';
import type { BlockRef } from '../../../../src/core/storage/schema.ts';
import { chooseTrim } from '../../../../src/core/storage/trim.ts';
import { NO_MARKS } from '../../../../src/model/message.ts';
import { conversationRecord, storedMessages } from '../../../storage/messages.ts';

/** Blocks of 100, a place each. */
const refs = (count: number, each: Partial<BlockRef> = {}): BlockRef[] =>
  Array.from({ length: count }, (_, at) => ({ first: at * 100, count: 100, folded: true, ...each }));
const firsts = (chosen: readonly BlockRef[] | undefined): number[] | undefined => chosen?.map(({ first }) => first);

void describe('choosing blocks to read', () => {
  void test('a page touches no more blocks than it can lie in', () => {
    const all = refs(1000);
    assert.deepEqual(firsts(refsBelow(all, Infinity, 50)), [99_900]);
    assert.deepEqual(firsts(refsBelow(all, 50_010, 50)), [49_900, 50_000]);
    assert.deepEqual(firsts(refsBelow(all, 50_000, 50)), [49_800, 49_900], 'how far the nearest reaches is unknown');
    assert.deepEqual(firsts(refsAbove(all, 50_010, 50)), [50_000, 50_100]);
    assert.deepEqual(firsts(refsAbove(all, -Infinity, 50)), [0]);
    assert.deepEqual(firsts(refsBelow(all, 0, 50)), []);
    assert.deepEqual(firsts(refsBelow([], Infinity, 50)), []);
  });

  void test('a block whose end is known counts in full', () => {
    const all = refs(10).map((ref) => ({ ...ref, last: ref.first + 99 }));
    assert.deepEqual(firsts(refsBelow(all, 500, 50)), [400]);
    assert.equal(blockAt(all, 499)?.first, 400);
    assert.equal(blockAt(all, -1), undefined);
  });
});

void describe('planning a commit', () => {
  const stored = storedMessages(0, 100);
  const ref: BlockRef = { first: 0, count: 100, folded: true };
  const read = (): Promise<typeof stored> => Promise.resolve(stored);

  void test('new messages at the end leave the other blocks alone', async () => {
    const plan = await planBlocks([ref], storedMessages(100, 350), [], read);
    assert.deepEqual(plan.dropped, []);
    assert.deepEqual(
      plan.written.map((draft) => [draft.ref.first / 1024, draft.ref.count, draft.ref.folded]),
      [
        [100, 83, false],
        [183, 83, false],
        [266, 84, false],
      ],
    );
  });

  void test('messages inside a block part it where they stand', async () => {
    const plan = await planBlocks(
      [ref],
      storedMessages(0, 5).map((message, at) => ({ ...message, order: 40 * 1024 + 1 + at })),
      [],
      read,
    );
    assert.deepEqual(plan.dropped, [ref]);
    assert.deepEqual(
      plan.written.map((draft) => draft.ref.count),
      [41, 5, 59],
    );
  });

  void test('messages strewn through a block are joined with it instead of shattering it', async () => {
    const strewn = [5, 15, 25, 35].map((at) => ({ ...storedMessages(at, at + 1)[0]!, order: at * 1024 + 1 }));
    const plan = await planBlocks([ref], strewn, [], read);
    assert.deepEqual(
      plan.written.map((draft) => draft.ref.count),
      [52, 52],
    );
  });

  void test('a change rewrites its block under the same key', async () => {
    const plan = await planBlocks([ref], [], [{ ...stored[7]!, text: 'x' }], read);
    assert.deepEqual([plan.dropped, plan.written.length, plan.written[0]?.ref, plan.written[0]?.messages[7]?.text], [[], 1, ref, 'x']);
  });

  void test('a block that cannot be read is left alone', async () => {
    const plan = await planBlocks([ref], [], [stored[7]!], () => Promise.resolve(undefined));
    assert.deepEqual(plan, { dropped: [], written: [] });
  });

  void test('pieces are nearly equal', () => {
    assert.deepEqual(
      cutEvenly(storedMessages(0, 201)).map(({ messages }) => messages.length),
      [67, 67, 67],
    );
    assert.deepEqual(cutEvenly([]), []);
  });
});

void describe('choosing what to fold', () => {
  const fresh = (first: number, count: number): BlockRef => ({ first, count, folded: false });

  void test('a short tail waits, a long one is folded with an older block that has room', () => {
    assert.equal(runToFold([...refs(3), fresh(300, 10), fresh(310, 14)]), undefined);
    assert.deepEqual(firsts(runToFold([...refs(3), fresh(300, 10), fresh(310, 15)])), [300, 310]);
    assert.deepEqual(firsts(runToFold([...refs(2), { first: 200, count: 40, folded: true }, fresh(300, 30)])), [200, 300]);
    assert.deepEqual(runToFold(Array.from({ length: 8 }, (_, at) => fresh(at, 1)))?.length, 8);
  });

  void test('a short run does not hide a longer one behind it, and one step stays small', () => {
    assert.deepEqual(
      firsts(runToFold([fresh(0, 3), ...refs(2).map((ref) => ({ ...ref, first: ref.first + 100 })), fresh(300, 50)])),
      [300],
    );
    assert.equal(runToFold(Array.from({ length: 40 }, (_, at) => fresh(at * 50, 50)))?.length, 16);
  });
});

void describe('choosing what to trim', () => {
  const thread = (
    blocks: number,
    record: Partial<ConversationRecord> = {},
  ): { run: { key: ArrayBuffer; refs: BlockRef[] }; record: ConversationRecord } => ({
    run: { key: new ArrayBuffer(16), refs: refs(blocks) },
    record: conversationRecord({ marks: { ...NO_MARKS, readUpTo: Infinity }, ...record }),
  });

  void test('the oldest blocks of the largest conversation go first', () => {
    const [small, large] = [thread(5), thread(30)];
    const trimmed = chooseTrim([small, large], 10);
    assert.deepEqual([trimmed.length, firsts(trimmed[0]!.dropped)], [1, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900]]);
    assert.equal(trimmed[0]?.record, large.record);
  });

  void test('what is unread and the newest two hundred stay', () => {
    assert.deepEqual(chooseTrim([thread(30, { marks: { ...NO_MARKS, readUpTo: 50 } })], 10), []);
    assert.deepEqual(firsts(chooseTrim([thread(30, { marks: { ...NO_MARKS, readUpTo: 250 } })], 10)[0]!.dropped), [0, 100]);
    assert.deepEqual(firsts(chooseTrim([thread(4)], 1000)[0]!.dropped), [0, 100]);
    assert.deepEqual(chooseTrim([thread(2)], 1000), []);
  });
});
