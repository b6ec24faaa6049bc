// What is written is gathered: fifty messages or fifty milliseconds make a commit, and after a quiet moment nothing waits.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Batch } from '../../../../src/core/ports.ts';
import { openMemoryStore } from '../../../../src/core/storage/memory-store.ts';
import { ConversationBook } from '../../../../src/core/sync/book.ts';
import { Journal } from '../../../../src/core/sync/journal.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { failed, succeeded, type Answer } from '../../../../src/model/failure.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { HALL, LIN, outboxRecord, storedMessages } from '../../../storage/messages.ts';

describe('the journal', () => {
  let clock: FakeClock;
  let commits: Batch[];
  let told: string[];
  let answer: Answer<void>;
  let journal: Journal;
  let book: ConversationBook;

  beforeEach(() => {
    clock = fakeClock();
    commits = [];
    told = [];
    answer = succeeded(undefined);
    book = new ConversationBook(() => journal.touch());
    const store = openMemoryStore();
    store.commit = async (batch) => (commits.push(batch), answer);
    const log = { error: assert.fail, info: () => undefined, debug: () => undefined };
    journal = new Journal({
      store,
      book,
      clock,
      changes: { tell: ({ about }) => void told.push(about) },
      log,
      outcome: () => undefined,
    });
  });

  const messagesIn = (): number[] => commits.map(({ messages = [] }) => messages.length);
  const wait = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 10) {
      clock.advance(10);
      await settled();
    }
  };

  it('tells of a lone message at once, and has it to show until it is on the disk', async () => {
    const orders = (): number[] => journal.unstored(HALL).map(({ order }) => order);
    journal.add(storedMessages(1, 2));
    journal.tellAdded({ about: 'thread', conversation: HALL });
    assert.deepEqual([told, orders(), journal.unstored(LIN), commits], [['thread'], [1024], [], []]);
    clock.advance(0);
    journal.add(storedMessages(2, 3));
    assert.deepEqual(orders(), [1024, 2048]);
    await wait(50);
    assert.deepEqual([orders(), messagesIn()], [[], [2]]);
  });

  it('tells with the commit in a burst', async () => {
    for (let at = 0; at < 1_000; at++) {
      journal.add(storedMessages(at, at + 1));
      journal.tellAdded({ about: 'thread', conversation: HALL });
      if (at % 10 === 9) await wait(10);
    }
    await wait(500);
    assert.ok(told.length < 600, `told ${told.length} times of a thousand`);
  });

  it('has to show what the disk refuses', async () => {
    answer = failed({ kind: 'storage-full' });
    journal.add(storedMessages(1, 2));
    await wait(100);
    assert.equal(journal.unstored(HALL).length, 1);
  });

  it('writes a lone message at once', async () => {
    journal.add(storedMessages(0, 1));
    clock.advance(0);
    await settled();
    assert.deepEqual(messagesIn(), [1]);
  });

  it('makes one commit of what comes within fifty milliseconds, once a few came right after each other', async () => {
    for (let at = 0; at < 100; at++) {
      journal.add(storedMessages(at, at + 1));
      await wait(10);
    }
    await wait(100);
    const counts = messagesIn();
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      100,
    );
    assert.ok(counts.length <= 1_000 / 50 + 3, `${counts.length} commits in a second`);
  });

  it('does not wait for the fiftieth message', async () => {
    for (let at = 0; at < 4; at++) {
      journal.add(storedMessages(at, at + 1));
      clock.advance(0);
      await settled();
    }
    commits.length = 0;
    journal.add(storedMessages(10, 60));
    await settled();
    assert.ok(messagesIn()[0]! >= 50);
  });

  const contacts = (count: number): ConversationId[] =>
    Array.from({ length: count }, (_, at) => `friend${at}@willow.test` as ConversationId);
  const recordsIn = (): number[] => commits.map(({ conversations = [] }) => conversations.length);

  it('writes a thousand new contacts a few at a time, and none is forgotten', async () => {
    for (const contact of contacts(1_000)) book.change(contact, { standing: 'contact' });
    await wait(2_000);
    assert.ok(Math.max(...recordsIn()) <= 64, String(recordsIn()));
    assert.equal(new Set(commits.flatMap(({ conversations = [] }) => conversations.map(({ id }) => id))).size, 1_000);
    assert.ok(journal.isClean());
  });

  it('writes a record together with the messages and the outbox of its conversation, however many others wait', async () => {
    for (const contact of contacts(1_000)) book.change(contact, { standing: 'contact' });
    book.change(HALL, { top: 3 });
    book.change(LIN, { standing: 'contact' });
    journal.add(storedMessages(0, 2));
    await journal.commitStrict([outboxRecord(1, { conversation: LIN })]);
    const [first] = commits;
    const written = new Set(first?.conversations?.map(({ id }) => id));
    assert.deepEqual([written.has(HALL), written.has(LIN), first?.messages?.length, first?.outbox?.length], [true, true, 2, 1]);
  });

  it('is flushed when the last of many records is on disk', async () => {
    for (const contact of contacts(300)) book.change(contact, { standing: 'contact' });
    assert.ok(!journal.isClean());
    assert.deepEqual(await journal.flush(), succeeded(undefined));
    assert.equal(recordsIn().reduce((sum, count) => sum + count, 0), 300); // oxfmt-ignore
    assert.ok(journal.isClean());
  });

  it('keeps what was refused, and tries again', async () => {
    answer = failed({ kind: 'storage-full' });
    let isDone = false;
    journal.add(storedMessages(0, 2));
    journal.afterwards(() => (isDone = true));
    clock.advance(0);
    await settled();
    assert.equal(isDone, false);
    answer = succeeded(undefined);
    await wait(2_100);
    assert.deepEqual(messagesIn(), [2, 2]);
    assert.equal(isDone, true);
  });

  it('writes what ratchets came to with the words, also where earlier writing has not ended', async () => {
    journal.add(storedMessages(0, 60));
    journal.add(storedMessages(60, 61));
    journal.keep([{ name: 'session', value: 1 }]);
    await wait(100);
    const withKeys = commits.filter(({ keys }) => keys !== undefined);
    assert.deepEqual(
      withKeys.map(({ keys }) => keys),
      [[{ name: 'session', value: 1 }]],
    );
    assert.equal(withKeys[0]?.messages?.at(-1)?.order, storedMessages(60, 61)[0]?.order);
  });

  it('writes the bytes that were sealed with the steps that sealed them, whatever is being written meanwhile', async () => {
    journal.add(storedMessages(0, 60));
    void journal.flush();
    await journal.commitSealed([outboxRecord(1)], [{ name: 'session', value: 2 }]);
    const sealed = commits.find(({ outbox }) => outbox !== undefined);
    assert.deepEqual(sealed?.keys, [{ name: 'session', value: 2 }]);
    assert.equal(commits.filter(({ keys }) => keys).length, 1);
  });

  it('never writes an older step over a newer one, however often the disk refused', async () => {
    answer = failed({ kind: 'storage-full' });
    assert.equal((await journal.commitSealed([outboxRecord(1)], [{ name: 'session', value: 1 }])).ok, false);
    journal.keep([{ name: 'session', value: 2 }]);
    const refused = journal.commitSealed([outboxRecord(2)], [{ name: 'session', value: 3 }]);
    journal.keep([{ name: 'session', value: 4 }]);
    await refused;
    commits.length = 0;
    answer = succeeded(undefined);
    await wait(5_000);
    assert.deepEqual(
      commits.flatMap(({ keys = [] }) => keys),
      [{ name: 'session', value: 4 }],
    );
    assert.ok(
      commits.every(({ outbox }) => outbox === undefined),
      'what the disk refused to send is not stored behind anybody\u2019s back',
    );
  });
});
