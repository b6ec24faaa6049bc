// The small database of one organisation and profile, written: who was signed in last (sealed), and how far each account's store had come.
import type { Account } from '../../model/account.ts';
import type { CoreIdentity } from '../../contracts/port.ts';
import type { World } from '../ports.ts';
import { listDrawers } from './drawer.ts';
import type { Drawer, Places } from './drawer.ts';
import { LAST, MOVED, REGISTRY_STORES, lastIn, withDatabase } from './find-last.ts';
import { completionOf, deleteDatabase, hasStores, openExisting, openOrCreate, resultOf } from './idb.ts';
import { makeDrawer } from './make-drawer.ts';
import { accountName, registryName } from './names.ts';
import { encodePlain } from './plain.ts';
import { ROOT_KEY, isKeyRow } from './schema.ts';
import type { BareKeyRow } from './schema.ts';
import { nameOfError } from './error-name.ts';
import { mintRoot, openVault, sealRow } from './vault.ts';

export type RegistryWorld = Places & Pick<World, 'subtle' | 'random'> & { log?: World['log'] };

/** The one that is in use, or a new one. Undefined where storage is forbidden. */
export async function openDrawer(world: Places & Pick<World, 'subtle'>, identity: CoreIdentity): Promise<Drawer | undefined> {
  if (!world.databases) return undefined;
  const drawers = await listDrawers(world, identity);
  if (drawers.length === 1) return drawers[0];
  for (const drawer of drawers) {
    const last = await lastIn(drawer, world.subtle, identity).catch(() => undefined);
    if (last && last !== MOVED) return drawer;
  }
  return drawers[0] ?? makeDrawer(world, identity, '');
}

/** Where it cannot be kept, the next start begins with the sign-in. */
export async function rememberAccount(world: RegistryWorld, identity: CoreIdentity, account: Account): Promise<void> {
  try {
    const drawer = await openDrawer(world, identity);
    if (drawer) await putAccount(world, drawer, identity, account);
  } catch (error) {
    world.log?.error('storage: the account could not be remembered', { why: nameOfError(error) });
  }
}

/** Forgets one account, and the whole registry with it when it held nothing else. Returns whether it did. */
export async function forgetAccount(
  { databases, suffix }: Drawer,
  subtle: SubtleCrypto,
  identity: CoreIdentity,
  account: string,
): Promise<boolean> {
  const name = registryName(identity) + suffix;
  const last = await lastIn({ databases, suffix }, subtle, identity);
  const database = await openExisting(databases, name);
  if (!database) return true;
  const empty = await withDatabase(database, async () => {
    if (!hasStores(database, REGISTRY_STORES)) return true;
    const transaction = database.transaction(['accounts', 'epochs'], 'readwrite', { durability: 'strict' });
    transaction.objectStore('epochs').delete(account);
    if (isOf(last, identity, account)) transaction.objectStore('accounts').delete(LAST);
    const left = [resultOf(transaction.objectStore('accounts').count()), resultOf(transaction.objectStore('epochs').count())];
    const [counts] = await Promise.all([Promise.all(left), completionOf(transaction)]);
    return counts.every((count) => count === 0);
  });
  if (empty) await deleteDatabase(databases, name);
  return empty;
}

/** The name of its database; nobody else is wronged by forgetting what names nobody. */
function isOf(last: Awaited<ReturnType<typeof lastIn>>, identity: CoreIdentity, account: string): boolean {
  if (typeof last !== 'object') return true;
  return 'locked' in last ? last.locked === account : accountName({ ...identity, address: last.account.address }) === account;
}

export async function putAccount(
  world: Pick<World, 'subtle' | 'random'>,
  drawer: Drawer,
  identity: CoreIdentity,
  account: Account,
): Promise<void> {
  const name = registryName(identity);
  await withDatabase(await openOrCreate(drawer.databases, name + drawer.suffix, REGISTRY_STORES), async (database) => {
    const { keyRow, isMinted } = await keyOf(world, database);
    const vault = openVault(world.subtle, name, keyRow.root);
    const sealed = await sealRow(vault, world.random, { table: 'accounts', key: LAST, bytes: encodePlain(account) });
    const transaction = database.transaction(['accounts', 'keys'], 'readwrite', { durability: isMinted ? 'strict' : 'default' });
    if (isMinted) transaction.objectStore('keys').put(keyRow, ROOT_KEY);
    transaction.objectStore('accounts').put(sealed, LAST);
    await completionOf(transaction);
  });
}

async function keyOf(world: Pick<World, 'subtle' | 'random'>, database: IDBDatabase): Promise<{ keyRow: BareKeyRow; isMinted: boolean }> {
  const row = await resultOf<unknown>(database.transaction('keys').objectStore('keys').get(ROOT_KEY));
  if (isKeyRow(row)) return { keyRow: row, isMinted: false };
  return { keyRow: { mode: 'none', root: await mintRoot(world.subtle, world.random) }, isMinted: true };
}
