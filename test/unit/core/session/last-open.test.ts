// Which conversation is open again after unlocking: a tab's own, or what was open last, and only one that is still there.
import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLastOpen } from '../../../../src/core/session/last-open.ts';
import { openMemoryStore } from '../../../../src/core/storage/memory-store.ts';
import { ConversationBook } from '../../../../src/core/sync/book.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { conversationRecord } from '../../../storage/messages.ts';

const [BEA, CEM, GONE] = ['bea@chat.example', 'cem@chat.example', 'gone@chat.example'] as [ConversationId, ConversationId, ConversationId];

describe('what is open again after unlocking', () => {
  const store = openMemoryStore();
  const book = new ConversationBook(() => undefined);
  book.load([conversationRecord({ id: BEA }), conversationRecord({ id: CEM })]);
  const open = async (tab: string): Promise<unknown> => {
    const answer = await readLastOpen({ store, book }, tab);
    return answer.ok && answer.value;
  };

  it('is each tab’s own; a new one gets what was open last', async () => {
    await store.commit({ facts: { 'open-conversation': CEM, 'left-open': { one: BEA, two: GONE } } });
    deepEqual([await open('one'), await open('new')], [BEA, CEM]);
    deepEqual([await open('two'), await open('toString')], [undefined, CEM]);
  });

  it('is nothing where nothing ever was', async () => {
    await store.commit({ facts: { 'open-conversation': undefined, 'left-open': undefined } });
    deepEqual(await open('one'), undefined);
  });
});
