// A page of a thread while messages are on their way to the disk: none is missing, none stands twice.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { StoredMessage } from '../../../../src/core/ports.ts';
import { readThreadPage } from '../../../../src/core/session/thread-page.ts';
import { openMemoryStore } from '../../../../src/core/storage/memory-store.ts';
import { ConversationBook } from '../../../../src/core/sync/book.ts';
import type { ThreadPage, ThreadWindow } from '../../../../src/contracts/session.ts';
import { HALL, storedMessages } from '../../../storage/messages.ts';

const store = openMemoryStore();
const record = new ConversationBook(() => undefined).change(HALL, { kind: 'room', top: 23 * 1024, complete: true });
const NEWEST: Pick<ThreadWindow, 'around' | 'before' | 'after'> = { around: 'newest', before: 5, after: 0 };

const read = async (
  window: Pick<ThreadWindow, 'around' | 'before' | 'after'>,
  unstored: readonly StoredMessage[] = storedMessages(20, 24),
): Promise<{ places: number[]; page: ThreadPage }> => {
  const needs = { store, lookingBack: { shown: () => [] }, record, isWhole: false, outbox: [], unstored };
  const { page } = await readThreadPage({ conversation: HALL, ...window }, needs);
  return { places: page.messages.map(({ order = NaN }) => order / 1024), page };
};

describe('a page of a thread', () => {
  beforeEach(async () => void (await store.commit({ messages: storedMessages(0, 20) })));

  it('ends with what is not on the disk yet', async () => {
    assert.deepEqual((await read(NEWEST)).places, [19, 20, 21, 22, 23]);
    assert.deepEqual((await read({ around: 18 * 1024, before: 0, after: 10 })).places, [19, 20, 21, 22, 23]);
    assert.deepEqual((await read({ around: 21 * 1024, before: 0, after: 10 })).places, [22, 23]);
  });

  it('shows what has just reached the disk once, and in its order', async () => {
    const late = storedMessages(18, 23).toReversed();
    assert.deepEqual((await read(NEWEST, late)).places, [18, 19, 20, 21, 22]);
    assert.deepEqual((await read({ around: 16 * 1024, before: 2, after: 9 }, late)).places, [14, 15, 17, 18, 19, 20, 21, 22]);
  });

  it('holds no more than was asked for, and says whether there is more', async () => {
    const { places, page } = await read({ around: 18 * 1024, before: 0, after: 3 });
    assert.deepEqual([places, page.atEnd], [[19, 20, 21], false]);
    const above = await read({ around: 3 * 1024, before: 0, after: 4 });
    assert.deepEqual([above.places, above.page.atEnd], [[4, 5, 6, 7], false]);
    const all = await read({ around: 'newest', before: 50, after: 0 });
    assert.deepEqual([all.places.length, all.page.atStart, all.page.atEnd], [24, true, true]);
  });
});
