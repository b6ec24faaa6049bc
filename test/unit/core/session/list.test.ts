// The list over five thousand conversations: filtered, ordered, and only what is asked for.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountSession } from '../../../../src/core/session/account-session.ts';
import { looksOtherwise } from '../../../../src/core/session/looks-otherwise.ts';
import { listConversations } from '../../../../src/core/session/list.ts';
import { ConversationBook } from '../../../../src/core/sync/book.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';

function sessionWith(book: ConversationBook): AccountSession {
  const messages = { outbox: { all: () => [] }, states: { writing: () => [] }, isFirstSync: false };
  const people = { presenceOf: () => 'unknown' };
  return { book, messages, people, rooms: { stateOf: () => undefined } } as unknown as AccountSession;
}

describe('the list of conversations', () => {
  const book = new ConversationBook();
  for (let at = 0; at < 5_000; at++) {
    const id = `person${at}@app1.test` as ConversationId;
    book.change(id, { title: `Pérson ${at}`, standing: 'contact', lastActivityAt: at, unread: at % 100 === 0 ? 1 : 0 });
  }
  book.change('person7@app1.test' as ConversationId, { pinned: true });
  book.change('room@rooms.app1.test' as ConversationId, { kind: 'room', room: { nick: 'me', autojoin: false } });
  const session = sessionWith(book);

  it('has the pinned first, then the most recent, and no room that was left', () => {
    const { rows, total } = listConversations(session, { from: 0, count: 3 });
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['person7@app1.test', 'person4999@app1.test', 'person4998@app1.test'],
    );
    assert.equal(total, 5_000);
  });

  it('gives just the range asked for, and finds without regard to case and accents', () => {
    assert.equal(listConversations(session, { from: 4_990, count: 50 }).rows.length, 10);
    assert.equal(listConversations(session, { from: 0, count: 50, matching: ' PERSON 4999 ' }).total, 1);
    assert.equal(listConversations(session, { from: 0, count: 500, only: 'unread' }).total, 50);
    assert.equal(listConversations(session, { from: 0, count: 500, only: 'contacts' }).total, 5_000);
    assert.equal(listConversations(session, { from: 0, count: 500, only: 'rooms' }).total, 0);
    assert.equal(listConversations(session, { from: -5, count: Number.NaN }).rows.length, 0);
  });
});

describe('what the list shows of a record', () => {
  it('is the same while older history comes, and otherwise once a person would see it', () => {
    const book = new ConversationBook();
    const id = 'li@app1.test' as ConversationId;
    const before = book.change(id, { top: 50, gaps: [{ id: 'hole', below: 7 }] });
    assert.equal(looksOtherwise(book.change(id, { gaps: [], complete: true, top: 60 }), before), false);
    assert.equal(looksOtherwise(book.change(id, { unread: 1 }), before), true);
    assert.equal(looksOtherwise(book.change(id, { unread: 0, draft: 'and' }), before), true);
    assert.equal(looksOtherwise({ ...before, top: 0 }, before), true);
    assert.equal(looksOtherwise(before, undefined), true);
  });
});
