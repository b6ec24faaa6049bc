// Who was here last: the small database of one organisation and profile, read. The first stage needs no more of it.
import type { Account } from '../../model/account.ts';
import type { LockMode } from '../../model/lock.ts';
import type { CoreIdentity } from '../../contracts/port.ts';
import type { World } from '../ports.ts';
import { listDrawers } from './drawer.ts';
import type { Drawer, Places } from './drawer.ts';
import { hasStores, openExisting, resultOf } from './idb.ts';
import { registryName } from './names.ts';
import { decodePlain } from './plain.ts';
import { ROOT_KEY, isKeyRow } from './schema.ts';
import { openVault, unsealRow } from './vault.ts';
import type { Vault } from './vault.ts';

export const REGISTRY_STORES = ['keys', 'accounts', 'epochs'] as const;
export const LAST = 'last';
/** In place of whom a drawer holds: all of it is in the other one now. */
export const MOVED = 'moved';

/** Of whoever locked it nothing is told but the name of the database, which is a digest, and what opens it. */
export interface LockedLast {
  locked: string;
  mode: Exclude<LockMode, 'none'>;
}
export type Last = { account: Account } | LockedLast;

export interface FoundLast {
  drawer: Drawer;
  last: Last;
  /** The other drawer was seen to be there as well: a move did not come to its end. */
  isDouble: boolean;
}

/** Who was signed in last here. Makes nothing; undefined as well when what is there cannot be opened. */
export async function findLast(world: Places & Pick<World, 'subtle'>, identity: CoreIdentity): Promise<FoundLast | undefined> {
  try {
    const drawers = await listDrawers(world, identity);
    let isDouble = world.buckets !== undefined && drawers.length > 1;
    for (const drawer of drawers) {
      const last = await lastIn(drawer, world.subtle, identity);
      if (last && last !== MOVED && last !== 'nobody') return { drawer, last, isDouble };
      isDouble ||= last !== undefined;
    }
  } catch {
    // As if nobody had been here: the second stage finds out why.
  }
  return undefined;
}

/** Undefined where there is no registry. */
export async function lastIn(
  { databases, suffix }: Drawer,
  subtle: SubtleCrypto,
  identity: CoreIdentity,
): Promise<Last | typeof MOVED | 'nobody' | undefined> {
  const name = registryName(identity);
  const database = await openExisting(databases, name + suffix);
  if (!database) return undefined;
  return withDatabase(database, async () => {
    if (!hasStores(database, REGISTRY_STORES)) return 'nobody';
    const transaction = database.transaction(['keys', 'accounts']);
    const keyRow = resultOf<unknown>(transaction.objectStore('keys').get(ROOT_KEY));
    const [row, last] = await Promise.all([keyRow, resultOf<unknown>(transaction.objectStore('accounts').get(LAST))]);
    if (last === MOVED || isLockedLast(last)) return last;
    const account = isKeyRow(row) ? await openAccount(openVault(subtle, name, row.root), last) : undefined;
    return account ? { account } : 'nobody';
  });
}

async function openAccount(vault: Vault, sealed: unknown): Promise<Account | undefined> {
  const bytes = await unsealRow(vault, 'accounts', LAST, sealed);
  return bytes && (decodePlain(bytes) as Account);
}

const isLockedLast = (row: unknown): row is LockedLast => typeof row === 'object' && row !== null && 'locked' in row && 'mode' in row;

export async function withDatabase<T>(database: IDBDatabase, work: (database: IDBDatabase) => Promise<T>): Promise<T> {
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
