// Another root for an account: all of it moves into the other drawer, sealed anew, and the first one is deleted with its files.
//   fresh drawer → rows → who was here last, which makes it count → the first one says that it moved → the first one is deleted
// Death at any step leaves one drawer that counts, whole, and another that the next start deletes.
import type { CoreIdentity } from '../../../contracts/port.ts';
import type { Account } from '../../../model/account.ts';
import { AccountDatabase } from '../account-database.ts';
import { listDrawers, SUFFIXES } from '../drawer.ts';
import type { Drawer } from '../drawer.ts';
import { completionOf, deleteDatabase, hasStores, openExisting, openOrCreate, resultOf } from '../idb.ts';
import { MIGRATIONS } from '../migrations.ts';
import { accountName, registryName } from '../names.ts';
import { encodePlain } from '../plain.ts';
import { openSentinel } from '../open-store.ts';
import type { StorageWorld } from '../open-store.ts';
import { LAST, MOVED, REGISTRY_STORES, withDatabase } from '../find-last.ts';
import type { LockedLast } from '../find-last.ts';
import { makeDrawer, removeDrawer } from '../make-drawer.ts';
import { putAccount } from '../registry.ts';
import type { KeyRow } from '../schema.ts';
import { readFact } from '../shelf.ts';
import { openVault, sealRow } from '../vault.ts';
import type { Root } from '../vault.ts';
import { destroyKeys } from '../wipe-account.ts';
import { copyRows, moveRows } from './move-rows.ts';

export interface Move {
  identity: CoreIdentity;
  account: Account;
  from: Drawer;
  /** As it was held. */
  old: Root;
  /** As it shall be. */
  row: KeyRow;
  fresh: Root;
}

/** The account's store is closed meanwhile. Throws what the disk throws, and then all is as before. */
export async function moveAccount(world: StorageWorld, move: Move): Promise<Drawer> {
  const { identity, account, from } = move;
  const name = accountName({ ...identity, address: account.address });
  const suffix = SUFFIXES[from.suffix === '' ? 1 : 0];
  await clearDrawers(world, identity, from, [name]);
  const to = await makeDrawer(world, identity, suffix);
  if (!to) throw new DOMException('There is nowhere to move to', 'InvalidStateError');
  try {
    await bringOthers(world, move, to, name);
    await bringAccount(world, move, to, name);
    await sayWhoIsHere(world, move, to, name);
  } catch (error) {
    await clearDrawers(world, identity, from, [name]).catch(() => undefined);
    throw error;
  }
  // From here on the new one is true, whatever becomes of the rest.
  await clearDrawers(world, identity, to, [name]).catch(() => world.log.error('storage: what was moved could not be deleted yet'));
  return to;
}

/** Deletes what a move has left over: every drawer but the one that counts. `also`: accounts that no registry may know of yet. */
export async function clearDrawers(world: StorageWorld, identity: CoreIdentity, kept: Drawer, also: readonly string[]): Promise<void> {
  for (const drawer of await listDrawers(world, identity)) {
    if (drawer.suffix !== kept.suffix) await clearDrawer(world, identity, drawer, also);
  }
}

async function clearDrawer(world: StorageWorld, identity: CoreIdentity, drawer: Drawer, also: readonly string[]): Promise<void> {
  const { databases, suffix } = drawer;
  const registry = registryName(identity) + suffix;
  const names = new Set([...(await epochsIn(databases, registry)).map(([name]) => name), ...also]);
  for (const name of names) {
    await destroyKeys(databases, name + suffix);
    await deleteDatabase(databases, name + suffix);
  }
  await deleteDatabase(databases, registry);
  await removeDrawer(world, identity, suffix);
}

/** Whoever else has a history in this drawer comes along as they are. They stand in the registry first: whoever clears up finds them. */
async function bringOthers(world: StorageWorld, { identity, from }: Move, to: Drawer, own: string): Promise<void> {
  const counts = await epochsIn(from.databases, registryName(identity) + from.suffix);
  await inRegistry(to, identity, (transaction) => {
    for (const [name, epoch] of counts) transaction.objectStore('epochs').put(epoch, name);
  });
  for (const [name] of counts) if (name !== own) await copyAccount(world, name, from, to);
}

async function copyAccount(world: StorageWorld, name: string, from: Drawer, to: Drawer): Promise<void> {
  const there = await openExisting(from.databases, name + from.suffix);
  there?.close();
  if (there) await between(world, [from, to], name, undefined, (source, target) => copyRows(source, target));
}

async function bringAccount(world: StorageWorld, move: Move, to: Drawer, name: string): Promise<void> {
  const [old, fresh] = [openVault(world.subtle, name, move.old), openVault(world.subtle, name, move.fresh)];
  await between(world, [move.from, to], name, move.row, async (source, target) => {
    const shelf = { database: source, vault: old, random: world.random, log: world.log, losses: [], mends: new Map() };
    const counted = await readFact(shelf, 'epoch');
    // One more than was ever counted: should the old database come back one day, it is seen to be old.
    const epoch =
      1 + Math.max(typeof counted === 'number' ? counted : 0, await openSentinel(world, move.from, move.identity, name).known());
    await moveRows({ from: source, to: target, old, fresh, random: world.random, epoch });
    const whose = await sealRow(fresh, world.random, { table: 'facts', key: 'account', bytes: encodePlain(move.account) });
    await target.write([{ table: 'facts', puts: [['account', whose]] }], 'strict');
  });
}

/** The mark makes it count; only the first drawer needs to be told, since it is the one that is looked into first. */
async function sayWhoIsHere(world: StorageWorld, { identity, account, row, from }: Move, to: Drawer, name: string): Promise<void> {
  if (row.mode === 'none') await putAccount(world, to, identity, account);
  else {
    const last: LockedLast = { locked: name, mode: row.mode };
    await inRegistry(to, identity, (transaction) => void transaction.objectStore('accounts').put(last, LAST));
  }
  if (from.suffix === '') await inRegistry(from, identity, (transaction) => void transaction.objectStore('accounts').put(MOVED, LAST));
}

/** What is open in both is closed, however it ends. */
async function between(
  world: StorageWorld,
  [from, to]: readonly [Drawer, Drawer],
  name: string,
  newborn: KeyRow | undefined,
  work: (source: AccountDatabase, target: AccountDatabase) => Promise<void>,
): Promise<void> {
  const source = await openAccount(world, from, name);
  try {
    const target = await openAccount(world, to, name, newborn);
    await work(source, target).finally(() => target.close());
  } finally {
    source.close();
  }
}

async function openAccount(world: StorageWorld, { databases, suffix }: Drawer, name: string, newborn?: KeyRow): Promise<AccountDatabase> {
  const database = await AccountDatabase.open(databases, name + suffix, world.clock, MIGRATIONS, newborn);
  if (typeof database === 'string') throw new DOMException(`The database is ${database}`, 'InvalidStateError');
  return database;
}

async function inRegistry(
  { databases, suffix }: Drawer,
  identity: CoreIdentity,
  work: (transaction: IDBTransaction) => void,
): Promise<void> {
  await withDatabase(await openOrCreate(databases, registryName(identity) + suffix, REGISTRY_STORES), async (database) => {
    const transaction = database.transaction(['accounts', 'epochs'], 'readwrite', { durability: 'strict' });
    work(transaction);
    await completionOf(transaction);
  });
}

/** How far each account's store had come, by the names of their databases. */
async function epochsIn(databases: IDBFactory, registry: string): Promise<readonly (readonly [name: string, epoch: unknown])[]> {
  const database = await openExisting(databases, registry);
  if (!database) return [];
  return withDatabase(database, async () => {
    if (!hasStores(database, REGISTRY_STORES)) return [];
    const store = database.transaction('epochs').objectStore('epochs');
    const [keys, values] = await Promise.all([resultOf(store.getAllKeys()), resultOf<unknown[]>(store.getAll())]);
    return keys.map((key, at) => [String(key), values[at]] as const);
  });
}
