// The small database of one organisation and profile: who was signed in last (sealed), and how far each account's store had come.
import type { Account } from '../../model/account.ts';
import type { CoreIdentity } from '../../contracts/port.ts';
import type { StorageBuckets, World } from '../ports.ts';
import { completionOf, deleteDatabase, hasStores, openExisting, openOrCreate, resultOf } from './idb.ts';
import { findDrawer, openDrawer } from './drawer.ts';
import type { Places } from './drawer.ts';
import { accountName, registryName } from './names.ts';
import type { StoreNames } from './names.ts';
import { decodePlain, encodePlain } from './plain.ts';
import { ROOT_KEY, isKeyRow } from './schema.ts';
import type { KeyRow } from './schema.ts';
import { nameOfError } from './error-name.ts';
import { mintRoot, openVault, sealRow, unsealRow } from './vault.ts';
import type { Vault } from './vault.ts';

export const REGISTRY_STORES = ['keys', 'accounts', 'epochs'] as const;
const LAST = 'last';

export type RegistryWorld = Places & Pick<World, 'subtle' | 'random'> & { log?: World['log'] };

/** Where it cannot be kept, the next start begins with the sign-in. */
export async function rememberAccount(world: RegistryWorld, identity: CoreIdentity, account: Account): Promise<void> {
  try {
    const databases = await openDrawer(world, identity);
    if (databases) await putAccount(world, databases, registryName(identity), account);
  } catch (error) {
    world.log?.error('storage: the account could not be remembered', { why: nameOfError(error) });
  }
}

/** The account that was signed in last here. Makes nothing; undefined as well when what is there cannot be opened. */
export async function readLastAccount(
  databases: IDBFactory | undefined,
  subtle: SubtleCrypto,
  identity: CoreIdentity,
  buckets?: StorageBuckets,
): Promise<Account | undefined> {
  try {
    const drawer = await findDrawer({ databases, buckets }, identity);
    return drawer && (await lastAccountIn(drawer, subtle, registryName(identity)));
  } catch {
    return undefined;
  }
}

export async function lastAccountIn(databases: IDBFactory, subtle: SubtleCrypto, name: string): Promise<Account | undefined> {
  const database = await openExisting(databases, name);
  if (!database) return undefined;
  return withDatabase(database, async () => {
    if (!hasStores(database, REGISTRY_STORES)) return undefined;
    const transaction = database.transaction(['keys', 'accounts']);
    const keyRow = resultOf<unknown>(transaction.objectStore('keys').get(ROOT_KEY));
    const [row, sealed] = await Promise.all([keyRow, resultOf<unknown>(transaction.objectStore('accounts').get(LAST))]);
    return isKeyRow(row) ? openAccount(openVault(subtle, name, row.root), sealed) : undefined;
  });
}

/** Forgets one account, and the whole registry with it when it held nothing else. Returns whether it did. */
export async function forgetAccount(databases: IDBFactory, subtle: SubtleCrypto, names: StoreNames): Promise<boolean> {
  const name = registryName(names);
  const last = await lastAccountIn(databases, subtle, name);
  const database = await openExisting(databases, name);
  if (!database) return true;
  const account = accountName(names);
  const empty = await withDatabase(database, async () => {
    if (!hasStores(database, REGISTRY_STORES)) return true;
    const transaction = database.transaction(['accounts', 'epochs'], 'readwrite', { durability: 'strict' });
    transaction.objectStore('epochs').delete(account);
    if (!last || last.address === names.address) transaction.objectStore('accounts').delete(LAST);
    const left = [resultOf(transaction.objectStore('accounts').count()), resultOf(transaction.objectStore('epochs').count())];
    const [counts] = await Promise.all([Promise.all(left), completionOf(transaction)]);
    return counts.every((count) => count === 0);
  });
  if (empty) await deleteDatabase(databases, name);
  return empty;
}

async function putAccount(world: RegistryWorld, databases: IDBFactory, name: string, account: Account): Promise<void> {
  await withDatabase(await openOrCreate(databases, name, REGISTRY_STORES), async (database) => {
    const { keyRow, isMinted } = await keyOf(world, database);
    const vault = openVault(world.subtle, name, keyRow.root);
    const sealed = await sealRow(vault, world.random, { table: 'accounts', key: LAST, bytes: encodePlain(account) });
    const transaction = database.transaction(['accounts', 'keys'], 'readwrite', { durability: isMinted ? 'strict' : 'default' });
    if (isMinted) transaction.objectStore('keys').put(keyRow, ROOT_KEY);
    transaction.objectStore('accounts').put(sealed, LAST);
    await completionOf(transaction);
  });
}

async function openAccount(vault: Vault, sealed: unknown): Promise<Account | undefined> {
  const bytes = await unsealRow(vault, 'accounts', LAST, sealed);
  return bytes && (decodePlain(bytes) as Account);
}

async function keyOf(world: RegistryWorld, database: IDBDatabase): Promise<{ keyRow: KeyRow; isMinted: boolean }> {
  const row = await resultOf<unknown>(database.transaction('keys').objectStore('keys').get(ROOT_KEY));
  if (isKeyRow(row)) return { keyRow: row, isMinted: false };
  return { keyRow: { mode: 'none', root: await mintRoot(world.subtle, world.random) }, isMinted: true };
}

async function withDatabase<T>(database: IDBDatabase, work: (database: IDBDatabase) => Promise<T>): Promise<T> {
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
