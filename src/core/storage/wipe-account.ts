// Forgetting an account: its key first, then everything else. Close its store before.
import type { CoreIdentity } from '../../contracts/port.ts';
import { failed, succeeded } from '../../model/failure.ts';
import type { Answer } from '../../model/failure.ts';
import { listDrawers } from './drawer.ts';
import type { Drawer } from './drawer.ts';
import { completionOf, deleteDatabase, openExisting } from './idb.ts';
import { removeDrawer } from './make-drawer.ts';
import { accountName } from './names.ts';
import type { StoreNames } from './names.ts';
import { openSentinel } from './open-store.ts';
import type { StorageWorld } from './open-store.ts';
import { forgetAccount } from './registry.ts';
import { nameOfError } from './error-name.ts';

/** Once the key is gone, what is left over is noise: the rest may fail or be late without giving anything away. */
export const wipeAccount = (world: StorageWorld, names: StoreNames): Promise<Answer<void>> => wipeNamed(world, names, accountName(names));

/** Of a locked account nobody knows more than the name of its database. */
export async function wipeNamed(world: StorageWorld, identity: CoreIdentity, account: string): Promise<Answer<void>> {
  try {
    for (const drawer of await listDrawers(world, identity)) await wipeFrom(world, identity, account, drawer);
    return succeeded(undefined);
  } catch (error) {
    world.log.error('storage: an account could not be wiped wholly', { why: nameOfError(error) });
    return failed({ kind: 'storage-blocked' });
  }
}

async function wipeFrom(world: StorageWorld, identity: CoreIdentity, account: string, drawer: Drawer): Promise<void> {
  const { databases, suffix } = drawer;
  await destroyKeys(databases, account + suffix);
  await deleteDatabase(databases, account + suffix);
  await openSentinel(world, drawer, identity, account).forget();
  if (await forgetAccount(drawer, world.subtle, identity, account)) await removeDrawer(world, identity, suffix);
}

/** A transaction of its own, on the disk before anything else is tried. */
export async function destroyKeys(databases: IDBFactory, name: string): Promise<void> {
  const database = await openExisting(databases, name);
  if (!database) return;
  try {
    if (!database.objectStoreNames.contains('keys')) return;
    const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' });
    transaction.objectStore('keys').clear();
    await completionOf(transaction);
  } finally {
    database.close();
  }
}
