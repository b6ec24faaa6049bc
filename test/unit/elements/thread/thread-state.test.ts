// The loaded stretch of a conversation: pages come in at either end, in the middle, and far sides are let go.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Gap, ThreadPage, Topic } from '../../../../src/contracts/session.ts';
import { justBelow, mergePage, openState, trimState } from '../../../../src/elements/thread/thread-state.ts';
import { touchedPlaces } from '../../../../src/elements/thread/touched-places.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { NO_MARKS, type Message } from '../../../../src/model/message.ts';

const LI = 'li@warbler.example' as ConversationId;

const message = (order: number, text: string = `m${order}`): Message =>
  ({
    id: `m${order}`,
    conversation: LI,
    order,
    author: LI,
    authorName: 'Li',
    own: false,
    text,
    sentAt: order,
    timeCertain: true,
    mentionsMe: false,
    content: 'text',
  }) as unknown as Message;

const page = (orders: readonly number[], rest: Partial<ThreadPage> = {}): ThreadPage => ({
  messages: orders.map((order) => message(order)),
  outbox: [],
  gaps: [],
  marks: NO_MARKS,
  atStart: false,
  atEnd: false,
  ...rest,
});

const gap = (below: number): Gap => ({ id: `g${below}`, below, state: 'open' }) as unknown as Gap;
const orders = (state: { messages: readonly Message[] }): (number | undefined)[] => state.messages.map((one) => one.order);

describe('the loaded stretch', () => {
  it('takes older and newer pages', () => {
    const middle = openState(page([5, 6]));
    assert.deepEqual(orders(mergePage(middle, page([1, 3]), -Infinity, 5)), [1, 3, 5, 6]);
    assert.deepEqual(orders(mergePage(middle, page([8, 9]), 6, Infinity)), [5, 6, 8, 9]);
  });

  it('lets what is told anew replace what was there, and keeps the rest', () => {
    const known = openState(page([1, 2, 3, 4, 5]));
    const merged = mergePage(known, page([2, 2.5, 4]), justBelow(2), 4.25);
    assert.deepEqual(orders(merged), [1, 2, 2.5, 4, 5]);
  });

  it('keeps a message that did not change as the same object, and takes the one that did', () => {
    const known = openState(page([1, 2]));
    const merged = mergePage(known, { ...page([1, 2]), messages: [message(1), message(2, 'other')] }, -Infinity, Infinity);
    assert.equal(merged.messages[0], known.messages[0]);
    assert.equal(merged.messages[1]?.text, 'other');
  });

  it('forgets a gap that was filled and keeps those elsewhere', () => {
    const known = openState(page([1, 5, 9], { gaps: [gap(5), gap(9)] }));
    const merged = mergePage(known, page([2, 3, 5]), 1, 5.25);
    assert.deepEqual(
      merged.gaps.map((one) => one.below),
      [9],
    );
  });

  it('lets go of the far side and knows that the end is no longer there', () => {
    const all = openState(page([1, 2, 3, 4], { atStart: true, atEnd: true, gaps: [gap(2), gap(4)] }));
    const oldest = trimState(all, 2, 'oldest');
    assert.deepEqual([orders(oldest), oldest.atStart, oldest.atEnd, oldest.gaps.length], [[1, 2], true, false, 1]);
    const newest = trimState(all, 2, 'newest');
    assert.deepEqual([orders(newest), newest.atStart, newest.atEnd, newest.gaps.length], [[3, 4], false, true, 1]);
    assert.equal(trimState(all, 4, 'oldest'), all);
  });
});

describe('what a change touches', () => {
  const past = (from: number, to: number): Topic => ({ about: 'thread', conversation: LI, from, to });
  const end: Topic = { about: 'thread', conversation: LI };

  it('is nothing, the end, or everything from a place on', () => {
    const elsewhere: Topic = { about: 'thread', conversation: 'x@y' as ConversationId, from: 1 };
    assert.deepEqual(touchedPlaces([{ about: 'situation' }, elsewhere], LI, 5), { shown: undefined, isBelow: false });
    assert.deepEqual(touchedPlaces([end], LI, 5), { shown: { from: Infinity, to: Infinity }, isBelow: false });
    assert.deepEqual(touchedPlaces([end, { ...end, from: 7 }], LI, 5), { shown: { from: 7, to: Infinity }, isBelow: false });
    assert.deepEqual(touchedPlaces([{ about: 'everything' }], LI, 5), { shown: { from: -Infinity, to: Infinity }, isBelow: true });
  });

  it('ends below what is shown, or reaches into it', () => {
    assert.deepEqual(touchedPlaces([past(1, 4)], LI, 5), { shown: undefined, isBelow: true });
    assert.deepEqual(touchedPlaces([past(1, 5)], LI, 5), { shown: { from: 1, to: 5 }, isBelow: true });
    assert.deepEqual(touchedPlaces([past(1, 4), past(6, 9)], LI, 5), { shown: { from: 6, to: 9 }, isBelow: true });
    assert.deepEqual(touchedPlaces([past(1, 4), end], LI, 5), { shown: { from: Infinity, to: Infinity }, isBelow: true });
  });
});
