import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangedNotice } from '../../../../src/contracts/port.ts';
import type { Topic } from '../../../../src/contracts/session.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { Notices } from '../../../../src/core/host/notices.ts';

const thread = (name: string, from?: number): Topic => ({
  about: 'thread',
  conversation: `${name}@garden.example` as ConversationId,
  ...(from === undefined ? {} : { from }),
});

function listen(): { notices: Notices; posted: ChangedNotice[] } {
  const posted: ChangedNotice[] = [];
  return { notices: new Notices((notice) => posted.push(notice)), posted };
}

test('a tab that has not looked yet is told nothing more, and then everything at once', () => {
  const { notices, posted } = listen();
  for (let count = 0; count < 5_000; count += 1) notices.tell([thread('ying'), { about: 'conversations' }]);
  assert.equal(posted.length, 1);
  notices.seen(1);
  assert.deepEqual(posted.at(-1), { warbler: 'changed', revision: 2, topics: [thread('ying'), { about: 'conversations' }] });
  notices.seen(2);
  assert.equal(posted.length, 2);
});

test('the lowest changed place of a thread counts', () => {
  const { notices, posted } = listen();
  notices.tell([{ about: 'situation' }]);
  for (const from of [undefined, 40, 7, 12, undefined]) notices.tell([thread('ying', from)]);
  notices.seen(1);
  assert.deepEqual(posted.at(-1)?.topics, [thread('ying', 7)]);
});

test('older history is told apart from the newest end, with the highest place that changed', () => {
  const { notices, posted } = listen();
  const past = (from: number, to: number): Topic => ({ ...thread('ying', from), to }) as Topic;
  notices.tell([{ about: 'situation' }]);
  for (const topic of [past(20, 30), thread('ying'), past(5, 12)]) notices.tell([topic]);
  notices.seen(1);
  assert.deepEqual(posted.at(-1)?.topics, [past(5, 30), thread('ying')]);
});

test('a tab that claims to have seen what it was not sent gets nothing for it', () => {
  const { notices, posted } = listen();
  notices.tell([thread('ying')]);
  notices.tell([thread('ying')]);
  for (const claim of [0, 2, 100, Infinity, '1', undefined]) notices.seen(claim);
  assert.equal(posted.length, 1);
});

test('more threads than anyone looks at are told by leaving a number out', () => {
  const { notices, posted } = listen();
  notices.tell([{ about: 'situation' }]);
  for (let count = 0; count < 1_000; count += 1) notices.tell([thread(`friend-${count}`)]);
  notices.seen(1);
  assert.deepEqual(posted.at(-1), { warbler: 'changed', revision: 3, topics: [] });
  notices.seen(3);
  notices.tell([thread('ying')]);
  assert.equal(posted.at(-1)?.revision, 4);
});
