// Counting what was taken over, around the wrap of 32 bits too.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Acknowledge } from '../../../../src/core/connection/acknowledge.ts';
import { message } from '../../../kit/scripted-guest.ts';

it('tells each stanza its fate once, in order', () => {
  const book = new Acknowledge();
  const fates: string[] = [];
  for (const name of ['a', 'b', 'c']) book.sent(message(name), (fate) => fates.push(`${name} ${fate}`));
  assert.equal(book.acknowledged(2), true);
  assert.equal(book.acknowledged(2), true);
  book.lose();
  book.lose();
  assert.deepEqual(fates, ['a taken', 'b taken', 'c lost']);
});

it('does not believe in more than was sent, nor in less than before', () => {
  const book = new Acknowledge();
  book.sent(message('a'), undefined);
  book.sent(message('b'), undefined);
  assert.equal(book.acknowledged(3), false);
  assert.equal(book.acknowledged(1), true);
  assert.equal(book.acknowledged(0), false);
  assert.equal(book.waitingCount, 1);
});

it('tells what is behind from what is ahead, around the end of 32 bits too', () => {
  const book = new Acknowledge(0xfffffffe);
  for (const name of ['a', 'b', 'c']) book.sent(message(name), undefined);
  assert.equal(book.acknowledged(1), true);
  assert.deepEqual(
    [0xffffffff, 0, 1, 2].map((count) => book.isBehind(count)),
    [true, true, true, false],
  );
});

it('counts on past the end of 32 bits', () => {
  const book = new Acknowledge(0xffffffff, 0xffffffff);
  book.received();
  assert.equal(book.handled, 0);
  book.sent(message('a'), undefined);
  book.sent(message('b'), undefined);
  assert.equal(book.acknowledged(1), true);
  assert.equal(book.waitingCount, 0);
  assert.equal(book.acknowledged(0xffffffff), false);
});
