import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConversationId } from '../../../src/model/conversation.ts';
import { concernsConversations, concernsSituation, concernsThread } from '../../../src/client/looks.ts';

const ying = 'ying@garden.example' as ConversationId;
const bo = 'bo@garden.example' as ConversationId;

test('a look at everything concerns everyone', () => {
  const looks = [{ about: 'everything' }] as const;
  assert.ok(concernsSituation(looks) && concernsConversations(looks) && concernsThread(looks, ying, 1));
});

test('a thread is touched by its own changes only, at or below what is shown', () => {
  assert.equal(concernsThread([{ about: 'thread', conversation: bo }], ying), false);
  assert.equal(concernsThread([{ about: 'thread', conversation: ying }], ying, 1), true);
  assert.equal(concernsThread([{ about: 'thread', conversation: ying, from: 50 }], ying, 49), false);
  assert.equal(concernsThread([{ about: 'thread', conversation: ying, from: 50 }], ying, 50), true);
  assert.equal(concernsThread([{ about: 'thread', conversation: ying, from: 50 }], ying), true);
});

test('other topics leave list and situation alone', () => {
  const looks = [{ about: 'thread', conversation: ying }] as const;
  assert.equal(concernsSituation(looks), false);
  assert.equal(concernsConversations(looks), false);
});
