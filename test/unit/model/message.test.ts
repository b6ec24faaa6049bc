import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationId } from '../../../src/model/conversation.ts';
import { NO_MARKS, deliveryState, namedAs, type AuthorId, type Message, type MessageId } from '../../../src/model/message.ts';

const message: Message = {
  id: 'm1' as MessageId,
  conversation: 'liwen@willow.test' as ConversationId,
  order: 7,
  author: 'liwen@willow.test' as AuthorId,
  authorName: 'liwen',
  own: false,
  text: '您好',
  sentAt: 0,
  timeCertain: true,
  mentionsMe: false,
  content: 'text',
};

describe('who a message is from', () => {
  it('is called what the list calls them, with one person', () => {
    equal(namedAs(message, { kind: 'direct', title: '李雯' }).authorName, '李雯');
  });

  it('keeps the name it was said under, in a room', () => {
    equal(namedAs(message, { kind: 'room', title: '设计周会' }).authorName, 'liwen');
  });

  it('stays one’s own', () => {
    equal(namedAs({ ...message, own: true }, { kind: 'direct', title: '李雯' }).authorName, 'liwen');
  });
});

describe('how far an own message has come', () => {
  it('is read from the marks of the conversation', () => {
    equal(deliveryState(message, NO_MARKS), 'sent');
    equal(deliveryState(message, { ...NO_MARKS, deliveredUpTo: 7 }), 'delivered');
    equal(deliveryState(message, { ...NO_MARKS, deliveredUpTo: 9, displayedUpTo: 8 }), 'read');
  });

  it('is what the outbox says while it waits there', () => {
    equal(deliveryState({ ...message, outbox: { stage: 'queued' } }, { ...NO_MARKS, displayedUpTo: 9 }), 'queued');
  });
});
