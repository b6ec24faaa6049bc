// A full disk: old messages make room, nothing is half written, and nothing that was taken is lost.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { faultyDisk } from './faulty-disk.ts';
import type { FaultyDisk } from './faulty-disk.ts';
import type { OpenedStore } from '../../../../src/core/ports.ts';
import { NO_MARKS } from '../../../../src/model/message.ts';
import { chance } from '../../../kit/random.ts';
import { HALL, conversationRecord, outboxRecord, storedMessage, storedMessages } from '../../../storage/messages.ts';
import { freshNames, makeWorld, openFor } from '../../../storage/world.ts';

let disk: FaultyDisk;
beforeEach(() => {
  disk = faultyDisk();
});
afterEach(() => disk.restore());

const fullOnce = (store: string): void => {
  let left = 1;
  disk.full = (name) => name === store && left-- > 0;
};

void describe('a full disk', () => {
  void test('the oldest read messages make room once, and the commit goes through', async () => {
    const store = await openFor(makeWorld(indexedDB), freshNames());
    const gap = { id: 'old', below: storedMessage(50).order };
    await store.commit({
      conversations: [conversationRecord({ gaps: [gap], marks: { ...NO_MARKS, readUpTo: storedMessage(1500).order } })],
      outbox: [outboxRecord(1)],
    });
    for (let from = 0; from < 2000; from += 100) await store.commit({ messages: storedMessages(from, from + 100) });
    fullOnce('blocks');
    assert.deepEqual(await store.commit({ messages: storedMessages(2000, 2010) }), { ok: true, value: undefined });
    assert.equal(store.state(), 'durable');
    assert.deepEqual(await store.readAbove(HALL, -Infinity, 5000), storedMessages(1000, 2010));
    assert.deepEqual(store.losses(), [{ what: 'messages', why: 'trimmed', conversation: HALL }]);
    const [record] = await store.conversations();
    assert.deepEqual([record?.complete, record?.gaps], [false, []]);
    assert.equal((await store.outbox()).length, 1);
    await store.close();
  });

  void test('what is unread stays, and the commit is refused whole', async () => {
    const store = await openFor(makeWorld(indexedDB), freshNames());
    await store.commit({ conversations: [conversationRecord()] });
    for (let from = 0; from < 1000; from += 100) await store.commit({ messages: storedMessages(from, from + 100) });
    disk.full = (name) => name === 'outbox';
    const answer = await store.commit(
      { messages: storedMessages(1000, 1010), outbox: [outboxRecord(1)], facts: { settings: 'new' } },
      'strict',
    );
    assert.deepEqual(answer, { ok: false, failure: { kind: 'storage-full' } });
    assert.equal(store.state(), 'full');
    assert.deepEqual(await store.readAbove(HALL, -Infinity, 5000), storedMessages(0, 1000));
    assert.deepEqual([await store.outbox(), await store.fact('settings')], [[], undefined]);
    disk.full = () => false;
    assert.equal((await store.commit({ messages: storedMessages(1000, 1010), outbox: [outboxRecord(1)] }, 'strict')).ok, true);
    assert.equal(store.state(), 'durable');
    assert.equal((await store.readAbove(HALL, -Infinity, 5000)).length, 1010);
    await store.close();
  });

  void test('compaction on a full disk changes nothing', async () => {
    const store = await openFor(makeWorld(indexedDB), freshNames());
    for (let from = 0; from < 200; from += 20) await store.commit({ messages: storedMessages(from, from + 20) });
    disk.full = (name) => name === 'blocks';
    assert.equal(await store.compact(), false);
    disk.full = () => false;
    assert.deepEqual(await store.readAbove(HALL, -Infinity, 5000), storedMessages(0, 200));
    while (await store.compact());
    assert.deepEqual(await store.readAbove(HALL, -Infinity, 5000), storedMessages(0, 200));
    await store.close();
  });

  void test('at two hundred random writes: each commit is there wholly or not at all, also after a restart', async () => {
    const luck = chance(11);
    const world = makeWorld(indexedDB);
    const names = freshNames();
    let store = await openFor(world, names);
    await store.commit({ conversations: [conversationRecord()] });
    let taken: number[] = [];
    for (let turn = 0; turn < 200; turn++) {
      let puts = luck.below(6);
      disk.full = (name) => name !== 'epochs' && puts-- === 0;
      const batch = { messages: storedMessages(turn * 5, turn * 5 + 5), outbox: [outboxRecord(turn)], facts: { settings: turn } };
      const answer = await store.commit(batch, luck.below(2) === 0 ? 'strict' : 'relaxed');
      disk.full = () => false;
      if (answer.ok) taken = [...taken, turn];
      else assert.deepEqual(answer.failure, { kind: 'storage-full' });
      if (luck.below(20) === 0) while (await store.compact());
      if (luck.below(25) !== 0) continue;
      await store.close();
      store = await openFor(world, names);
      assert.equal(store.rolledBack, undefined);
    }
    assert.ok(taken.length > 50 && taken.length < 150, `${taken.length} commits went through`);
    assert.deepEqual(
      (await store.outbox()).map(({ turn }) => turn),
      taken,
    );
    assert.deepEqual(
      await store.readAbove(HALL, -Infinity, 5000),
      taken.flatMap((turn) => storedMessages(turn * 5, turn * 5 + 5)),
    );
    assert.equal(await store.fact('settings'), taken.at(-1));
    await store.close();
  });

  void test('files make room before messages do, the oldest first, and never one that waits to be sent', async () => {
    const store = await openFor(makeWorld(indexedDB), freshNames());
    for (let from = 0; from < 300; from += 100) await store.commit({ messages: storedMessages(from, from + 100) });
    await keepFile(store, 'older', 2);
    await keepFile(store, 'newer', 3);
    await keepFile(store, 'waiting', 1, true);
    fullOnce('blocks');
    assert.equal((await store.commit({ messages: storedMessages(300, 310) })).ok, true);
    assert.deepEqual(await namesIn(store), ['newer', 'waiting']);
    assert.equal((await store.readAbove(HALL, -Infinity, 5000)).length, 310);
    assert.deepEqual(store.losses(), []);
    await store.close();
  });

  void test('a piece that does not fit takes the place of older files, and is refused where there is none', async () => {
    const store = await openFor(makeWorld(indexedDB), freshNames());
    await keepFile(store, 'older', 2);
    await keepFile(store, 'waiting', 1, true);
    fullOnce('files');
    assert.equal((await store.files.putPiece('fresh', 0, new Uint8Array(10))).ok, true);
    assert.deepEqual(await namesIn(store), ['waiting']);
    disk.full = (name) => name === 'files';
    assert.deepEqual(await store.files.putPiece('fresh', 1, new Uint8Array(10)), { ok: false, failure: { kind: 'storage-full' } });
    assert.deepEqual([await store.files.countPieces('fresh'), await namesIn(store)], [1, ['waiting']]);
    await store.close();
  });
});

async function keepFile({ files }: OpenedStore, name: string, at: number, waits = false): Promise<void> {
  await files.putPiece(name, 0, new Uint8Array(100));
  await files.put({ name, size: 20_000_000, isWhole: true, at, places: [], ...(waits && { waits }) });
}

const namesIn = async ({ files }: OpenedStore): Promise<string[]> => (await files.heads()).map(({ name }) => name).toSorted();
