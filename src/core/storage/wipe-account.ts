// Forgetting an account: its key first, then everything else. Close its store before.
import { failed, succeeded } from '../../model/failure.ts';
import type { Answer } from '../../model/failure.ts';
import { findDrawer, removeDrawer } from './drawer.ts';
import { completionOf, deleteDatabase, openExisting } from './idb.ts';
import { accountName } from './names.ts';
import type { StoreNames } from './names.ts';
import { openSentinel } from './open-store.ts';
import type { StorageWorld } from './open-store.ts';
import { forgetAccount } from './registry.ts';
import { nameOfError } from './error-name.ts';

/** Once the key is gone, what is left over is noise: the rest may fail or be late without giving anything away. */
export async function wipeAccount(world: StorageWorld, names: StoreNames): Promise<Answer<void>> {
  try {
    const databases = await findDrawer(world, names);
    if (!databases) return succeeded(undefined);
    const name = accountName(names);
    await destroyKeys(databases, name);
    await deleteDatabase(databases, name);
    await (await openSentinel(world, databases, names)).forget();
    if (await forgetAccount(databases, world.subtle, names)) await removeDrawer(world, names);
    return succeeded(undefined);
  } catch (error) {
    world.log.error('storage: an account could not be wiped wholly', { why: nameOfError(error) });
    return failed({ kind: 'storage-blocked' });
  }
}

/** A transaction of its own, on the disk before anything else is tried. */
async function destroyKeys(databases: IDBFactory, name: string): Promise<void> {
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
