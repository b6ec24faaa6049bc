// Opening: forbidden storage, older and newer cores beside ours, interrupted upgrades, a database taken away.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { forceCloseDatabase } from 'fake-indexeddb';
import { faultyDisk } from './faulty-disk.ts';
import type { FaultyDisk } from './faulty-disk.ts';
import { AccountDatabase } from '../../../../src/core/storage/account-database.ts';
import type { Migration } from '../../../../src/core/storage/migrations.ts';
import { MIGRATIONS } from '../../../../src/core/storage/migrations.ts';
import { accountName } from '../../../../src/core/storage/names.ts';
import { openStore } from '../../../../src/core/storage/open-store.ts';
import { DATABASE_VERSION, TABLES } from '../../../../src/core/storage/schema.ts';
import { HALL, outboxRecord, storedMessages } from '../../../storage/messages.ts';
import { openRaw, putRaw, rawRows } from '../../../storage/raw.ts';
import { freshNames, makeWorld, openFor } from '../../../storage/world.ts';

let disk: FaultyDisk;
beforeEach(() => {
  disk = faultyDisk();
});
afterEach(() => disk.restore());

void describe('opening a store', () => {
  void test('forbidden storage means memory, and the state says so', async () => {
    const forbidding = { open: () => { throw new DOMException('no', 'SecurityError'); } } as unknown as IDBFactory; // oxfmt-ignore
    const world = makeWorld(indexedDB);
    for (const databases of [undefined, forbidding]) {
      const answer = await openStore({ ...world, databases }, freshNames());
      assert.ok(answer.ok);
      assert.equal(answer.value.state(), 'memory');
      assert.equal((await answer.value.commit({ messages: storedMessages(0, 3) })).ok, true);
      assert.equal((await answer.value.readBelow(HALL, Infinity, 9)).length, 3);
    }
  });

  void test('an older core that will not let go is told as such, after a while', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    const name = accountName(names);
    await (await openFor(world, names)).close();
    const holder = await openDeaf(name);
    const migrations = [...MIGRATIONS, { version: 4, stores: {} }];
    const opening = openStore(world, names, migrations);
    await windUntil(() => world.clock.wind(1000), opening);
    assert.deepEqual(await opening, { ok: false, failure: { kind: 'reload-needed', older: 'tab' } });
    holder.close();
    const answer = await openStore(world, names, migrations);
    assert.ok(answer.ok, 'once it lets go all is well');
    await answer.value.close();
  });

  void test('a database that a newer core has moved on is left to it', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    const store = await openFor(world, names);
    await store.commit({ messages: storedMessages(0, 3) }, 'strict');
    const newer = await AccountDatabase.open(world.databases, accountName(names), world.clock, [...MIGRATIONS, { version: 4, stores: {} }]);
    assert.ok(newer instanceof AccountDatabase, 'the older one let go');
    assert.equal(store.state(), 'read-only');
    assert.deepEqual(await store.commit({ outbox: [outboxRecord(1)] }), { ok: false, failure: { kind: 'reload-needed', older: 'core' } });
    assert.deepEqual([await store.readBelow(HALL, Infinity, 5), await store.outbox(), await store.compact()], [[], [], false]);
    newer.close();
    assert.deepEqual(await openStore(world, names), { ok: false, failure: { kind: 'reload-needed', older: 'core' } });
    await store.close();
  });

  void test('a key held in a way of later versions is left alone, with all it opens', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    const name = accountName(names);
    const store = await openFor(world, names);
    await store.commit({ messages: storedMessages(0, 3) }, 'strict');
    await store.close();
    const before = await rawRows(indexedDB, name, 'blocks');
    await putRaw(indexedDB, name, 'keys', [{ key: 'root', value: { mode: 'passphrase', wrapped: new Uint8Array(40) } }]);
    assert.deepEqual(await openStore(world, names), { ok: false, failure: { kind: 'reload-needed', older: 'core' } });
    assert.deepEqual(await rawRows(indexedDB, name, 'blocks'), before);
  });

  void test('the first stage knows the version and tables that the migrations make', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    await (await openFor(world, names)).close();
    const raw = await openRaw(indexedDB, accountName(names));
    assert.deepEqual([raw.version, [...raw.objectStoreNames]], [DATABASE_VERSION, TABLES.toSorted()]);
    raw.close();
  });
});

void describe('an upgrade', () => {
  void test('interrupted at any of twenty rows it leaves the old version whole, and the next start carries it out', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    const name = accountName(names);
    const store = await openFor(world, names);
    for (let at = 0; at < 20; at++) await store.commit({ outbox: [outboxRecord(at)] });
    await store.close();
    const before = await rawRows(indexedDB, name, 'outbox');
    const old = await rawRows(indexedDB, name, 'facts');
    for (let stop = 0; stop < 20; stop++) {
      const trouble = await AccountDatabase.open(world.databases, name, world.clock, upgrading(stop));
      assert.equal(trouble, 'refused');
      assert.deepEqual(await rawRows(indexedDB, name, 'outbox'), before);
    }
    const again = await openFor(world, names);
    assert.equal((await again.outbox()).length, 20);
    await again.close();
    const done = await AccountDatabase.open(world.databases, name, world.clock, upgrading(Infinity));
    assert.ok(done instanceof AccountDatabase);
    assert.deepEqual((await done.rows('facts')).length, old.length + 20);
    assert.deepEqual((await done.rows('outbox')).length, 0);
    done.close();
  });
});

void describe('a database taken away while it is open', () => {
  void test('closed by the browser it is opened again and nothing is missed', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    const store = await openFor(world, names);
    await store.commit({ messages: storedMessages(0, 300) });
    await takeAway(accountName(names));
    assert.deepEqual(await store.readBelow(HALL, Infinity, 500), storedMessages(0, 300));
    assert.equal((await store.commit({ messages: storedMessages(300, 310) })).ok, true);
    assert.deepEqual(store.losses(), []);
    await store.close();
  });

  void test('come back empty, it begins anew, and that is told', async () => {
    const world = makeWorld(indexedDB);
    const names = freshNames();
    const name = accountName(names);
    const store = await openFor(world, names);
    await store.commit({ messages: storedMessages(0, 300) }, 'strict');
    await takeAway(name);
    await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
    assert.deepEqual(await store.readBelow(HALL, Infinity, 500), []);
    assert.deepEqual(store.losses(), [{ what: 'everything', why: 'unreadable' }]);
    assert.equal((await store.commit({ messages: storedMessages(300, 310) }, 'strict')).ok, true);
    await store.close();
    const again = await openFor(world, names);
    assert.deepEqual([again.rolledBack, await again.readBelow(HALL, Infinity, 500)], [undefined, storedMessages(300, 310)]);
    await again.close();
  });

  function takeAway(name: string): Promise<void> {
    for (const connection of disk.connections(name)) forceCloseDatabase(connection as never);
    return new Promise((resolve) => setImmediate(resolve));
  }
});

/** A later version that moves the outbox elsewhere, row by row, and breaks off at one of them. */
function upgrading(stop: number): Migration[] {
  return [
    ...MIGRATIONS,
    {
      version: 4,
      stores: {},
      upgrade: async (transaction) => {
        const keys = await transaction.table('outbox').toCollection().primaryKeys();
        for (const [at, key] of keys.entries()) {
          if (at === stop) throw new Error('interrupted');
          await transaction.table('facts').put(await transaction.table('outbox').get(key), `moved ${at}`);
          await transaction.table('outbox').delete(key);
        }
      },
    },
  ];
}

/** A connection that ignores being asked to let go, as a frozen tab does. */
async function openDeaf(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name);
  await new Promise((resolve) => (request.onsuccess = resolve));
  return request.result;
}

async function windUntil(wind: () => void, opening: Promise<unknown>): Promise<void> {
  const state = { done: false };
  void opening.then(() => (state.done = true));
  while (!state.done) {
    await new Promise((resolve) => setImmediate(resolve));
    wind();
  }
}
