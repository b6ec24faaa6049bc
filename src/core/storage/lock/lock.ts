// Locking and unlocking an account's store. Fetched when somebody does either: Argon2 comes with it.
import type { CoreIdentity } from '../../../contracts/port.ts';
import type { Account } from '../../../model/account.ts';
import { failed, succeeded, type Answer } from '../../../model/failure.ts';
import type { Drawer } from '../drawer.ts';
import { nameOfError } from '../error-name.ts';
import { openExisting, resultOf } from '../idb.ts';
import type { OpenedLock, StorageWorld } from '../open-store.ts';
import { withDatabase } from '../find-last.ts';
import { ROOT_KEY, isKeyRow } from '../schema.ts';
import type { KeyRow, LockRow } from '../schema.ts';
import { openRecord } from '../shelf.ts';
import { isDiskTrouble, isQuotaError } from '../storage-errors.ts';
import { mintRoot, openVault } from '../vault.ts';
import type { Root } from '../vault.ts';
import { makeLock, openLock, readLockRow } from './lock-row.ts';
import type { LockPlan, Secret } from './lock-row.ts';
import { clearDrawers, moveAccount } from './move-account.ts';
import { calibrate } from './stretch.ts';
import type { LeastCost } from './stretch.ts';

export type { LockPlan, Secret } from './lock-row.ts';
export { clearDrawers };

/** Tests take cheaper guesses. */
export type LockWorld = StorageWorld & { least?: LeastCost };

export interface Unlocked {
  lock: OpenedLock;
  account: Account;
}

/** A wrong secret, a row that was touched, a database that is gone: one answer for all. */
const NOT_OPENED = failed({ kind: 'wrong-credentials' });

/** What the page must know to ask for what opens it. */
export async function readLock(drawer: Drawer, name: string): Promise<LockRow | undefined> {
  return readLockRow((await readRows(drawer, name))?.key);
}

export async function unlock(world: LockWorld, drawer: Drawer, name: string, secret: Secret): Promise<Answer<Unlocked>> {
  const rows = await readRows(drawer, name);
  const lock = rows && (await openLock(world, name, rows.key, secret));
  if (!rows || !lock) return NOT_OPENED;
  const account = await openRecord(openVault(world.subtle, name, lock.root), 'facts', 'account', rows.account);
  return account ? succeeded({ lock, account: account as Account }) : NOT_OPENED;
}

export interface Change {
  row: KeyRow;
  fresh: Root;
  old: Root;
}

/** `kind: 'none'`: nothing holds the root from now on. The cost is what this device bears. */
export type LockChange = { mode: 'none' } | Omit<LockPlan, 'cost'>;

/** What takes long is done while everything still runs. `current`: what opens it now. */
export async function prepareChange(
  world: LockWorld,
  drawer: Drawer,
  name: string,
  to: LockChange,
  current: Secret | undefined,
): Promise<Answer<Change>> {
  const key = (await readRows(drawer, name))?.key;
  const old = isKeyRow(key) ? key.root : current && (await openLock(world, name, key, current))?.root;
  if (!old) return NOT_OPENED;
  if ('secrets' in to) {
    const { row, root } = await makeLock(world, name, { ...to, cost: calibrate(() => performance.now()) });
    return succeeded({ row, fresh: root, old });
  }
  const root = await mintRoot(world.subtle, world.random);
  return succeeded({ row: { mode: 'none', root }, fresh: root, old });
}

/** The account's store is closed before. What fails leaves everything as it was. */
export async function changeLock(
  world: StorageWorld,
  identity: CoreIdentity,
  account: Account,
  from: Drawer,
  change: Change,
): Promise<Answer<Drawer>> {
  try {
    return succeeded(await moveAccount(world, { identity, account, from, ...change }));
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    world.log.error('storage: the key could not be changed', { why: nameOfError(error) });
    return failed({ kind: isQuotaError(error) ? 'storage-full' : 'storage-blocked' });
  }
}

async function readRows({ databases, suffix }: Drawer, name: string): Promise<{ key: unknown; account: unknown } | undefined> {
  const database = await openExisting(databases, name + suffix);
  if (!database) return undefined;
  return withDatabase(database, async () => {
    if (!['keys', 'facts'].every((store) => database.objectStoreNames.contains(store))) return undefined;
    const transaction = database.transaction(['keys', 'facts']);
    const read = (store: string, key: string): Promise<unknown> => resultOf<unknown>(transaction.objectStore(store).get(key));
    const [key, account] = await Promise.all([read('keys', ROOT_KEY), read('facts', 'account')]);
    return { key, account };
  });
}
