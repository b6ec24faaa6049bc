import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationRecord, StoredMessage } from '../../../../src/core/ports.ts';
import { newRecord } from '../../../../src/core/sync/book.ts';
import { Tally } from '../../../../src/core/sync/tally.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { AuthorId, MessageId } from '../../../../src/model/message.ts';

const room = 'design@rooms.willow.test' as ConversationId;

const record = (more: Partial<ConversationRecord> = {}): ConversationRecord => ({
  ...newRecord(room),
  kind: 'room',
  title: '设计周会',
  ...more,
});

const message = (order: number, text: string): StoredMessage => ({
  id: `m${order}` as MessageId,
  conversation: room,
  order,
  author: `${room}/Omar` as AuthorId,
  authorName: 'Omar',
  own: false,
  text,
  sentAt: 1_000 + order,
  timeCertain: true,
  mentionsMe: false,
  content: 'text',
});

describe('what the list shows of a conversation', () => {
  it('is the newest of an old page while nothing else is shown', () => {
    const tally = new Tally(record());
    for (const place of [-3, -2, -1]) tally.count(message(place, `no. ${place}`));
    equal(tally.patch().preview?.text, 'no. -1');
    equal(tally.patch().lastActivityAt, 999);
  });

  it('stays what it is when an older page comes', () => {
    const shown = { text: 'the newest', own: false };
    const tally = new Tally(record({ preview: shown, top: 10, lastActivityAt: 1_010 }));
    tally.count(message(-5, 'long ago'));
    equal(tally.patch().preview, undefined);
  });
});
