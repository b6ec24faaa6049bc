// The small database of one organisation and profile: who was signed in last (sealed), and how far each account's store had come.
import type { Account } from '../../model/account.ts';
import type { CoreIdentity } from '../../contracts/port.ts';
import { completionOf, deleteDatabase, openExisting, openOrCreate, resultOf } from './idb.ts';
import { registryName } from './names.ts';
import { decodePlain, encodePlain } from './plain.ts';
import { ROOT_KEY, isKeyRow } from './schema.ts';
import type { KeyRow } from './schema.ts';
import { mintRoot, openVault, sealRow, unsealRow } from './vault.ts';
import type { Random, Vault } from './vault.ts';

export const REGISTRY_STORES = ['keys', 'accounts', 'epochs'] as const;
const LAST = 'last';

export interface RegistryWorld {
  databases: IDBFactory;
  subtle: SubtleCrypto;
  random: Random;
}

export async function rememberAccount(world: RegistryWorld, identity: CoreIdentity, account: Account): Promise<void> {
  const name = await registryName(world.subtle, identity);
  await withDatabase(await openOrCreate(world.databases, name, REGISTRY_STORES), async (database) => {
    const vault = openVault(world.subtle, name, await rootOf(world, database));
    const sealed = await sealRow(vault, world.random, { table: 'accounts', key: LAST, bytes: encodePlain(account) });
    const transaction = database.transaction('accounts', 'readwrite');
    transaction.objectStore('accounts').put(sealed, LAST);
    await completionOf(transaction);
  });
}

/** Creates nothing. Undefined as well when what is there cannot be opened. */
export async function readLastAccount(databases: IDBFactory, subtle: SubtleCrypto, identity: CoreIdentity): Promise<Account | undefined> {
  const name = await registryName(subtle, identity);
  const database = await openExisting(databases, name);
  if (!database) return undefined;
  return withDatabase(database, async () => {
    if (!database.objectStoreNames.contains('accounts')) return undefined;
    const transaction = database.transaction(['keys', 'accounts']);
    const keyRow = resultOf<unknown>(transaction.objectStore('keys').get(ROOT_KEY));
    const [row, sealed] = await Promise.all([keyRow, resultOf<unknown>(transaction.objectStore('accounts').get(LAST))]);
    return isKeyRow(row) ? openAccount(openVault(subtle, name, row.root), sealed) : undefined;
  });
}

/** Forgets the account of this name, and the whole registry with it when it held nothing else. */
export async function forgetAccount(world: RegistryWorld, identity: CoreIdentity, accountDatabase: string, address: string): Promise<void> {
  const last = await readLastAccount(world.databases, world.subtle, identity);
  const name = await registryName(world.subtle, identity);
  const database = await openExisting(world.databases, name);
  if (!database) return;
  const empty = await withDatabase(database, async () => {
    const transaction = database.transaction(['accounts', 'epochs'], 'readwrite');
    transaction.objectStore('epochs').delete(accountDatabase);
    if (!last || last.address === address) transaction.objectStore('accounts').delete(LAST);
    const left = [resultOf(transaction.objectStore('accounts').count()), resultOf(transaction.objectStore('epochs').count())];
    const [counts] = await Promise.all([Promise.all(left), completionOf(transaction)]);
    return counts.every((count) => count === 0);
  });
  if (empty) await deleteDatabase(world.databases, name);
}

async function openAccount(vault: Vault, sealed: unknown): Promise<Account | undefined> {
  const bytes = await unsealRow(vault, 'accounts', LAST, sealed);
  return bytes && (decodePlain(bytes) as Account);
}

async function rootOf(world: RegistryWorld, database: IDBDatabase): Promise<CryptoKey> {
  const row = await resultOf<unknown>(database.transaction('keys').objectStore('keys').get(ROOT_KEY));
  if (isKeyRow(row)) return row.root;
  const minted: KeyRow = { mode: 'none', root: await mintRoot(world.subtle, world.random) };
  const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' });
  transaction.objectStore('keys').put(minted, ROOT_KEY);
  await completionOf(transaction);
  return minted.root;
}

async function withDatabase<T>(database: IDBDatabase, work: (database: IDBDatabase) => Promise<T>): Promise<T> {
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
