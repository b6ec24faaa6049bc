// Drawers are made, removed, and made anew where nothing opens in them any more.
import type { CoreIdentity } from '../../contracts/port.ts';
import { openBucket } from './drawer.ts';
import type { Drawer, Places } from './drawer.ts';
import { nameOfError } from './error-name.ts';
import { openExisting } from './idb.ts';
import { registryName } from './names.ts';

/** A new one, or the one of this suffix that is there. */
export async function makeDrawer(places: Places, identity: CoreIdentity, suffix: Drawer['suffix']): Promise<Drawer | undefined> {
  const databases = (await openBucket(places, registryName(identity) + suffix)) ?? places.databases;
  return databases && { databases, suffix };
}

/** Once nothing is left in it. */
export async function removeDrawer({ buckets }: Pick<Places, 'buckets'>, identity: CoreIdentity, suffix: Drawer['suffix']): Promise<void> {
  await buckets?.delete(registryName(identity) + suffix).catch(() => undefined);
}

/**
 * Chromium opens nothing in a bucket whose index of files (MANIFEST) is lost, and never mends it: a new one takes its place, once not even
 * the registry opens. Returns whether it was so.
 */
export async function renewDrawer({ buckets }: Places, identity: CoreIdentity, suffix: Drawer['suffix']): Promise<boolean> {
  const name = registryName(identity) + suffix;
  const bucket = await openBucket({ buckets }, name);
  const opened = bucket && openExisting(bucket, name).then((database) => (database?.close(), undefined), nameOfError);
  if ((await opened) !== 'UnknownError') return false;
  await removeDrawer({ buckets }, identity, suffix);
  return true;
}
