// What a commit costs the disk: one transaction, and only the outbox waits for it.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { faultyDisk } from './faulty-disk.ts';
import type { FaultyDisk } from './faulty-disk.ts';
import type { OpenedStore } from '../../../../src/core/ports.ts';
import { accountName } from '../../../../src/core/storage/names.ts';
import { HALL, LIN, conversationRecord, outboxRecord, storedMessages } from '../../../storage/messages.ts';
import { freshNames, makeWorld, openFor } from '../../../storage/world.ts';

let disk: FaultyDisk;
beforeEach(() => {
  disk = faultyDisk();
});
afterEach(() => disk.restore());

void describe('the cost of a commit', () => {
  void test('fifty messages of two conversations with all that goes with them are one relaxed transaction', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    const store = await openFor(world, names);
    await store.commit({ conversations: [conversationRecord()] });
    await store.conversations();
    disk.transactions.length = 0;
    await store.commit({
      messages: [...storedMessages(0, 25), ...storedMessages(0, 25, { conversation: LIN })],
      conversations: [conversationRecord(), conversationRecord({ id: LIN })],
      facts: { 'archive-position': 'x' },
    });
    const written = disk.transactions.filter(({ mode }) => mode === 'readwrite');
    assert.deepEqual(
      written.map(({ durability, stores }) => [durability, stores.toSorted()]),
      [['relaxed', ['blocks', 'conversations', 'facts']]],
    );
    await store.close();
  });

  void test('the outbox waits for the disk; the second place follows later, once for all', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    const store = await openFor(world, names);
    await store.commit({}, 'strict');
    disk.transactions.length = 0;
    await store.commit({ outbox: [outboxRecord(1)] }, 'strict');
    const own = accountName(names);
    const written = disk.transactions.filter(({ mode, database }) => mode === 'readwrite' && database === own);
    assert.deepEqual(
      written.map(({ durability, stores }) => [durability, stores.toSorted()]),
      [['strict', ['facts', 'keys', 'outbox']]],
    );
    await store.close();
    assert.deepEqual(
      disk.transactions.filter(({ mode, database }) => mode === 'readwrite' && database !== own).map(({ stores }) => stores),
      [['epochs']],
    );
  });

  void test('reading again what was read asks the disk for nothing', async () => {
    const store = await openFor(makeWorld(indexedDB), freshNames());
    await store.commit({ messages: storedMessages(0, 400) });
    disk.transactions.length = 0;
    await store.readBelow(HALL, Infinity, 50);
    await store.readAbove(HALL, -Infinity, 200);
    assert.deepEqual(disk.transactions, []);
    await store.close();
  });

  void test('a page from the disk is one reading transaction', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    const first = await openFor(world, names);
    await first.commit({ messages: storedMessages(0, 5000) });
    await first.close();
    const store = await openFor(world, names);
    await store.readBelow(HALL, storedMessages(10, 11)[0]!.order, 5);
    disk.transactions.length = 0;
    await store.readBelow(HALL, storedMessages(4050, 4051)[0]!.order, 120);
    assert.deepEqual(
      disk.transactions.map(({ mode, stores }) => [mode, stores]),
      [['readonly', ['blocks']]],
    );
    await store.close();
  });

  void test('a new account is read without asking the disk, and one that was here before in one transaction', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    const own = accountName(names);
    // Dexie looks at all tables when it opens; the index of blocks is read by whoever needs it.
    const readings = (): readonly string[][] =>
      disk.transactions
        .filter(({ mode, database, stores }) => mode === 'readonly' && database === own && !stores.includes('blocks'))
        .map(({ stores }) => stores.toSorted());
    const readAll = async (store: OpenedStore): Promise<unknown[]> => [
      await store.conversations(),
      await store.fact('archive-position'),
      await store.outbox(),
      await store.fact('roster'),
      await store.fact('bookmarks'),
    ];
    const first = await openFor(world, names);
    assert.deepEqual(await readAll(first), [[], undefined, [], undefined, undefined]);
    assert.deepEqual(readings(), []);
    await first.commit({ facts: { roster: 'r' } });
    assert.equal(await first.fact('roster'), 'r', 'what was written meanwhile is known');
    await first.commit({ conversations: [conversationRecord()], outbox: [outboxRecord(1)], facts: { bookmarks: 'b' } }, 'strict');
    await first.close();
    disk.transactions.length = 0;
    const store = await openFor(world, names);
    assert.deepEqual(await readAll(store), [[conversationRecord()], undefined, [outboxRecord(1)], 'r', 'b']);
    assert.deepEqual(readings(), [['conversations', 'facts', 'keys', 'outbox']]);
    await store.commit({ facts: { roster: undefined } });
    assert.equal(await store.fact('roster'), undefined);
    await store.close();
  });

  void test('compaction is one relaxed transaction a step', async () => {
    const store = await openFor(makeWorld(indexedDB), freshNames());
    for (let from = 0; from < 300; from += 50) await store.commit({ messages: storedMessages(from, from + 50) });
    disk.transactions.length = 0;
    assert.equal(await store.compact(), false);
    assert.deepEqual(
      disk.transactions.map(({ mode, durability }) => [mode, durability]),
      [['readwrite', 'relaxed']],
    );
    await store.close();
  });
});
