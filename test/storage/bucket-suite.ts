// Storage buckets: the databases lie in one of their own, and leave the disk with it.
import type { Account, Address } from '../../src/model/account.ts';
import type { StorageBuckets } from '../../src/core/ports.ts';
import { readFirstPage } from '../../src/core/storage/first-page.ts';
import { accountName, registryName } from '../../src/core/storage/names.ts';
import { openStore } from '../../src/core/storage/open-store.ts';
import { rememberAccount } from '../../src/core/storage/registry.ts';
import { wipeAccount } from '../../src/core/storage/wipe-account.ts';
import { equal, ok } from './assert.ts';
import { HALL, conversationRecord, storedMessages } from './messages.ts';
import { privateFiles } from './private-files.ts';
import { namesOfDatabases } from './raw.ts';
import type { Test } from './store-contract.ts';
import { freshNames, lastAccount, makeWorld, openFor } from './world.ts';

const MEI: Account = { address: 'mei@chat.example' as Address, name: 'Mei', services: [] };

export function bucketSuite(test: Test, databases: () => IDBFactory, buckets: () => StorageBuckets): void {
  test('everything of a profile lies in one bucket, and the first page finds it there', async () => {
    const world = { ...makeWorld(databases()), buckets: buckets() };
    const names = freshNames();
    const store = await openFor(world, names);
    await rememberAccount(world, names, MEI);
    await store.commit(
      { messages: storedMessages(0, 20), conversations: [conversationRecord()], facts: { 'open-conversation': HALL } },
      'strict',
    );
    await store.close();
    const again = await openFor(world, names);
    equal([again.rolledBack, await again.readBelow(HALL, Infinity, 50)], [undefined, storedMessages(0, 20)]);
    equal(await lastAccount(world, names), MEI);
    const page = await readFirstPage(world.databases, world.subtle, names, { count: 5 }, world.buckets);
    equal(page?.open?.page.messages.length, 5);
    const outside = await namesOfDatabases(world.databases);
    ok(!outside.includes(accountName(names)), 'the account lies in the bucket');
    ok(!outside.includes(registryName(names)), 'the registry lies in the bucket');
    await again.close();
    equal((await wipeAccount(world, names)).ok, true);
    ok(!(await world.buckets.keys()).includes(registryName(names)), 'the bucket is gone');
    equal(await lastAccount(world, names), undefined);
  });

  test('looking makes no bucket', async () => {
    const world = { ...makeWorld(databases()), buckets: buckets() };
    const names = freshNames();
    equal(await readFirstPage(world.databases, world.subtle, names, { count: 5 }, world.buckets), undefined);
    equal((await wipeAccount(world, names)).ok, true);
    ok(!(await world.buckets.keys()).includes(registryName(names)), 'none was made');
  });

  test('who wants nothing kept makes none either', async () => {
    const world = { ...makeWorld(databases()), buckets: buckets() };
    const names = freshNames();
    const store = await openStore({ ...world, databases: undefined }, names);
    equal([store.ok && store.value.state(), (await world.buckets.keys()).includes(registryName(names))], ['memory', false]);
  });

  test('what began without buckets stays where it is until it is wiped', async () => {
    const before = makeWorld(databases());
    const names = freshNames();
    const store = await openFor(before, names);
    await rememberAccount(before, names, MEI);
    await store.commit({ messages: storedMessages(0, 3) });
    await store.close();
    const world = { ...before, buckets: buckets() };
    const again = await openFor(world, names);
    equal((await again.readBelow(HALL, Infinity, 9)).length, 3);
    equal(await lastAccount(world, names), MEI);
    await again.close();
    equal((await wipeAccount(world, names)).ok, true);
    ok(!(await namesOfDatabases(world.databases)).includes(accountName(names)), 'wiped where it lay');
  });

  test('buckets that cannot be opened are done without', async () => {
    const no = (): Promise<never> => Promise.reject(new DOMException('no', 'NotSupportedError'));
    const world = { ...makeWorld(databases()), buckets: { keys: no, open: no, delete: no } };
    const names = freshNames();
    const store = await openFor(world, names);
    equal([store.state(), (await store.commit({ messages: storedMessages(0, 3) })).ok], ['durable', true]);
    await store.close();
    const again = await openFor(world, names);
    equal((await again.readBelow(HALL, Infinity, 9)).length, 3);
    await again.close();
    equal((await wipeAccount(world, names)).ok, true);
  });

  test('a bucket in which nothing opens any more gives way to a new one, and that is told', async () => {
    const damaged = new Set<string>();
    const world = { ...makeWorld(databases()), files: await privateFiles(), buckets: withDamage(buckets(), damaged) };
    const names = freshNames();
    const store = await openFor(world, names);
    await store.commit({ messages: storedMessages(0, 3) }, 'strict');
    await store.close();
    damaged.add(registryName(names));
    const again = await openFor(world, names);
    equal([again.state(), again.rolledBack, (await again.readBelow(HALL, Infinity, 9)).length], ['durable', 'history-lost', 0]);
    equal((await again.commit({ messages: storedMessages(0, 3) })).ok, true);
    await again.close();
    equal((await wipeAccount(world, names)).ok, true);
  });
}

/** In the buckets of these names nothing opens until they are deleted. */
const withDamage = (buckets: StorageBuckets, damaged: Set<string>): StorageBuckets => ({
  keys: () => buckets.keys(),
  open: async (name) => (damaged.has(name) ? { indexedDB: { open: brokenRequest } as unknown as IDBFactory } : buckets.open(name)),
  delete: (name) => {
    damaged.delete(name);
    return buckets.delete(name);
  },
});

/** As Chromium answers where the files of a bucket are damaged. */
function brokenRequest(): IDBOpenDBRequest {
  const error = new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
  const request = Object.assign(new EventTarget(), { error, onerror: undefined as ((event: Event) => void) | undefined });
  request.addEventListener('error', (event) => request.onerror?.(event));
  queueMicrotask(() => request.dispatchEvent(new Event('error', { cancelable: true })));
  return request as unknown as IDBOpenDBRequest;
}
