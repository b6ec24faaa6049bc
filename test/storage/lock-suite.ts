// The lock on a disk: all of it moves under a fresh root, survives death at every write, and nothing but the secret opens it.
import type { Account, Address } from '../../src/model/account.ts';
import { listDrawers } from '../../src/core/storage/drawer.ts';
import { makeDrawer } from '../../src/core/storage/make-drawer.ts';
import { readFirstPage } from '../../src/core/storage/first-page.ts';
import { makeLock, openLock } from '../../src/core/storage/lock/lock-row.ts';
import type { LockPlan, Secret } from '../../src/core/storage/lock/lock-row.ts';
import { changeLock, unlock } from '../../src/core/storage/lock/lock.ts';
import { accountName, registryName } from '../../src/core/storage/names.ts';
import type { StoreNames } from '../../src/core/storage/names.ts';
import { openStore } from '../../src/core/storage/open-store.ts';
import type { OpenedLock, StorageWorld } from '../../src/core/storage/open-store.ts';
import type { OpenedStore } from '../../src/core/ports.ts';
import { findLast } from '../../src/core/storage/find-last.ts';
import { rememberAccount } from '../../src/core/storage/registry.ts';
import { textOfRowKey } from '../../src/core/storage/shelf.ts';
import { mintRoot, openVault, unsealRow, type Root, type TableName } from '../../src/core/storage/vault.ts';
import { wipeNamed } from '../../src/core/storage/wipe-account.ts';
import { equal, ok } from './assert.ts';
import { HALL, LIN, conversationRecord, outboxRecord, storedMessages } from './messages.ts';
import { privateFiles } from './private-files.ts';
import { copyRaw, namesOfDatabases, rawRows, replaceRaw } from './raw.ts';
import type { RawDatabase } from './raw.ts';
import type { Test } from './store-contract.ts';
import { freshNames, openFor } from './world.ts';

/** As cheap as Argon2 gets: what is tried here is not how long a guess takes. */
export const CHEAP = { memoryKiB: 8, passes: 1 };
const COST = { kind: 'argon2id', ...CHEAP } as const;
export const MEI: Account = { address: 'mei@chat.example' as Address, name: 'Mei', services: ['wss://chat.example/ws'] };
const OTHER: Account = { address: 'tom@chat.example' as Address, name: 'Tom', services: [] };

export const secretOf = (text: string, by: Secret['by'] = 'passphrase'): Secret => ({ by, bytes: new TextEncoder().encode(text) });
export const planOf = (text: string): LockPlan => ({ mode: 'passphrase', secrets: [secretOf(text)], cost: COST });

export async function fill(store: OpenedStore, count = 150): Promise<void> {
  const records = [
    conversationRecord({ title: 'The hall' }),
    conversationRecord({ id: LIN, kind: 'direct', title: 'Lin', draft: 'half a word' }),
  ];
  for (let from = 0; from < count; from += 50) await store.commit({ messages: storedMessages(from, from + 50), conversations: records });
  if (count > 50) await store.compact();
  for (const name of ['one', 'two']) await keepFile(store, name);
  await store.commit(
    {
      messages: storedMessages(0, 30, { conversation: LIN }),
      outbox: [outboxRecord(1), outboxRecord(2)],
      facts: { roster: ['lin'], 'open-conversation': HALL, account: MEI },
      keys: [
        { name: 'own', value: { of: 'own' } },
        { name: 'session lin 1', value: { chain: new Uint8Array([1, 2, 3]) } },
      ],
    },
    'strict',
  );
}

/** More than are moved at a time, and one that was never there. */
const PIECES = [0, 1, 2, 3, 4, 5, 6];

async function keepFile({ files }: OpenedStore, name: string): Promise<void> {
  await files.put({ name, size: 6, isWhole: true, at: 1, places: [] });
  for (const at of PIECES.slice(0, -1)) await files.putPiece(name, at, new TextEncoder().encode(`${name} ${at}`));
}

export async function contents(store: OpenedStore): Promise<unknown> {
  const records = (await store.conversations()).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    records,
    hall: await store.readBelow(HALL, Infinity, 1000),
    lin: await store.readBelow(LIN, Infinity, 1000),
    outbox: await store.outbox(),
    roster: await store.fact('roster'),
    open: await store.fact('open-conversation'),
    own: await store.keys('own'),
    session: await store.keys('session lin 1'),
    files: (await store.files.heads()).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    pieces: await Promise.all(['one', 'two'].flatMap((name) => PIECES.map((at) => store.files.piece(name, at)))),
  };
}

/** Moves the account of these names under what the plan says; `undefined` takes the lock off. */
export async function relock(
  world: StorageWorld,
  names: StoreNames,
  plan: LockPlan | undefined,
  from?: OpenedLock,
): Promise<OpenedLock | undefined> {
  const found = await findLast(world, names);
  ok(found, 'somebody is here');
  const name = accountName(names);
  const old: Root = from?.root ?? (await rootOf(found.drawer.databases, name + found.drawer.suffix));
  const fresh = plan ? await makeLock(world, name, plan) : undefined;
  const bare = await mintRoot(world.subtle, world.random);
  const change = { row: fresh?.row ?? ({ mode: 'none', root: bare } as const), fresh: fresh?.root ?? bare, old };
  const moved = await changeLock(world, names, MEI, found.drawer, change);
  if (!moved.ok) throw new Error(moved.failure.kind);
  return fresh;
}

async function rootOf(databases: IDBFactory, name: string): Promise<Root> {
  const [row] = await rawRows(databases, name, 'keys');
  return (row!.value as { root: Root }).root;
}

export async function openUnlocked(world: StorageWorld, names: StoreNames, secret: string): Promise<OpenedStore> {
  const found = await findLast(world, names);
  ok(found && 'locked' in found.last, 'it is locked');
  const answer = await unlock({ ...world, least: CHEAP }, found.drawer, accountName(names), secretOf(secret));
  ok(answer.ok, 'it opens');
  equal(answer.value.account, MEI, 'whose it is');
  const store = await openStore(world, names, undefined, { drawer: found.drawer, lock: answer.value.lock });
  ok(store.ok, 'the store opens');
  return store.value;
}

export function lockSuite(test: Test, world: () => StorageWorld & { databases: IDBFactory }): void {
  test('all of an account comes back under the lock, and under the next one, and without it', async () => {
    const { here, names, before } = await prepared(world());
    const first = await relock(here, names, planOf('one'));
    equal(await readPage(here, names), { warbler: 'first-page', locked: 'passphrase', conversations: [] }, 'the first page');
    equal(await openStore(here, names), { ok: false, failure: { kind: 'reload-needed', older: 'core' } }, 'without its key');
    let store = await openUnlocked(here, names, 'one');
    equal([await contents(store), store.rolledBack, store.losses()], [before, undefined, []], 'under the lock');
    await store.close();
    await relock(here, names, planOf('two'), first);
    store = await openUnlocked(here, names, 'two');
    equal([await contents(store), store.rolledBack, store.losses()], [before, undefined, []], 'under the next');
    ok(
      (await store.commit({ messages: storedMessages(150, 160), conversations: [conversationRecord({ top: 1 })] }, 'strict')).ok,
      'it goes on',
    );
    await store.close();
    const found = await findLast(here, names);
    const opened = await unlock({ ...here, least: CHEAP }, found!.drawer, accountName(names), secretOf('two'));
    ok(opened.ok, 'it opens');
    await relock(here, names, undefined, opened.value.lock);
    store = await openFor(here, names);
    equal([(await store.readBelow(HALL, Infinity, 1000)).length, store.rolledBack, store.losses()], [160, undefined, []], 'without one');
    await store.close();
    const page = await readPage(here, names);
    equal([page?.account, page?.open?.page.messages.length, page?.conversations.length], [MEI, 5, 2], 'the first page is back');
    await wipeNamed(here, names, accountName(names));
  });

  test('what the old key opened is gone, and one drawer is left', async () => {
    const { here, names } = await prepared(world());
    const [drawer] = await listDrawers(here, names);
    await relock(here, names, planOf('one'));
    const left = await namesOfDatabases(drawer!.databases).catch((): string[] => []);
    ok(!left.includes(accountName(names)) && !left.includes(registryName(names)), 'its databases are deleted');
    const found = await findLast(here, names);
    equal([found?.isDouble, found?.drawer.suffix], [false, '-2'], 'the other drawer');
    const rows = await rawRows(found!.drawer.databases, accountName(names) + found!.drawer.suffix, 'keys');
    ok(
      rows.every(({ value }) => !Object.values(value as object).some((part) => part instanceof CryptoKey)),
      'no key object lies on the disk',
    );
    await wipeNamed(here, names, accountName(names));
    equal(await findLast(here, names), undefined, 'wiped without its secret');
  });

  test('a thief who knows this program opens all of it while no lock is set, and nothing behind one', async () => {
    const { here, names } = await prepared(world());
    const name = accountName(names);
    const before = await stolen(here, names, name);
    ok(before > 8, `the thief opens rows where no lock is set: ${before}`);
    await relock(here, names, planOf('one'));
    const store = await openUnlocked(here, names, 'one');
    equal(await stolen(here, names, name), 0, 'while it is unlocked');
    await store.close();
    equal(await stolen(here, names, name), 0, 'while it is locked');
    await wipeNamed(here, names, name);
  });

  test('another account in the same drawer comes along as it is', async () => {
    const here = world();
    const names = freshNames(MEI.address);
    const theirs = { ...names, address: OTHER.address };
    const other = await openFor(here, theirs);
    await other.commit({ messages: storedMessages(0, 20), conversations: [conversationRecord()] }, 'strict');
    await other.close();
    const store = await openFor(here, names);
    await rememberAccount(here, names, MEI);
    await fill(store);
    await store.close();
    await relock(here, names, planOf('one'));
    const found = await findLast(here, names);
    const again = await openStore(here, theirs, undefined, { drawer: found?.drawer });
    ok(again.ok, 'it opens');
    equal([(await again.value.readBelow(HALL, Infinity, 100)).length, again.value.rolledBack], [20, undefined]);
    await again.value.close();
    await wipeNamed(here, names, accountName(names));
    await wipeNamed(here, names, accountName(theirs));
  });

  test('what lay in the first drawer and comes back one day is seen to be old', async () => {
    const { here, names } = await prepared({ ...world(), files: await privateFiles() });
    const [first] = await listDrawers(here, names);
    const copies = await copiesOf(first!.databases, [accountName(names), registryName(names)]);
    await relock(here, names, planOf('one'));
    await (await openUnlocked(here, names, 'one')).close();
    const drawer = await makeDrawer(here, names, '');
    for (const [name, copy] of copies) await replaceRaw(drawer!.databases, name, copy);
    const store = await openStore(here, names, undefined, { drawer });
    ok(store.ok && store.value.rolledBack === 'older-copy', 'it is told');
    await store.value.close();
    await wipeNamed(here, names, accountName(names));
  });

  test('a wrong secret and the right one for another database open nothing', async () => {
    const tools = { ...world(), least: CHEAP };
    const { row } = await makeLock(tools, 'mine', planOf('one'));
    ok(await openLock(tools, 'mine', row, secretOf('one')), 'the right one does');
    equal(await openLock(tools, 'mine', row, secretOf('One')), undefined);
    equal(await openLock(tools, 'mine', row, secretOf('one', 'recovery')), undefined);
    equal(await openLock(tools, 'theirs', row, secretOf('one')), undefined);
  });
}

const readPage = (here: StorageWorld, names: StoreNames): ReturnType<typeof readFirstPage> =>
  readFirstPage(here.databases, here.subtle, names, { count: 5 }, here.buckets);

async function prepared(here: StorageWorld): Promise<{ here: StorageWorld; names: StoreNames; before: unknown }> {
  const names = freshNames(MEI.address);
  const store = await openFor(here, names);
  await rememberAccount(here, names, MEI);
  await fill(store);
  const before = await contents(store);
  await store.close();
  return { here, names, before };
}

/** How many rows open with any key, an object or bytes, that lies anywhere on this disk. */
async function stolen(here: StorageWorld, names: StoreNames, account: string): Promise<number> {
  const roots: Root[] = [];
  const rows: { table: TableName; key: IDBValidKey; value: unknown }[] = [];
  for (const { databases, suffix } of await listDrawers(here, names))
    for (const name of [account + suffix, registryName(names) + suffix].filter(await existsIn(databases))) {
      for (const { value } of await rawRows(databases, name, 'keys'))
        for (const part of Object.values(value as object))
          if (part instanceof CryptoKey || part instanceof Uint8Array) roots.push(part as Root);
      for (const table of ['facts', 'outbox', 'conversations', 'keyring'] as const)
        if (name.startsWith(account)) rows.push(...(await rawRows(databases, name, table)).map((row) => ({ table, ...row })));
    }
  const opened = roots.flatMap((root) => {
    const vault = openVault(here.subtle, account, root);
    return rows.map(({ table, key, value }) => unsealRow(vault, table, textOfRowKey(key), value));
  });
  return (await Promise.all(opened)).filter((bytes) => bytes !== undefined).length;
}

async function existsIn(databases: IDBFactory): Promise<(name: string) => boolean> {
  const there = await namesOfDatabases(databases);
  return (name) => there.includes(name);
}

async function copiesOf(databases: IDBFactory, names: readonly string[]): Promise<readonly (readonly [string, RawDatabase])[]> {
  return Promise.all(names.map(async (name) => [name, await copyRaw(databases, name)] as const));
}
