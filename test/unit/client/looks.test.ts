import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConversationId } from '../../../src/model/conversation.ts';
import { concernsConversations, concernsSituation } from '../../../src/client/looks.ts';

const ying = 'ying@garden.example' as ConversationId;

test('a look at everything concerns everyone', () => {
  const looks = [{ about: 'everything' }] as const;
  assert.ok(concernsSituation(looks) && concernsConversations(looks));
});

test('other topics leave list and situation alone', () => {
  const looks = [{ about: 'thread', conversation: ying }] as const;
  assert.equal(concernsSituation(looks), false);
  assert.equal(concernsConversations(looks), false);
});
