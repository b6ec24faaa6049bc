// Where the databases of one organisation and profile lie: in a storage bucket of their own where the browser has them.
// Deleting a bucket removes its files. Deleting a database alone leaves its bytes, the key among them, in Chromium's files for long.
import type { CoreIdentity } from '../../contracts/port.ts';
import type { World } from '../ports.ts';
import { nameOfError } from './error-name.ts';
import { openExisting } from './idb.ts';
import { registryName } from './names.ts';

export type Places = Pick<World, 'databases' | 'buckets'>;

/** Undefined where storage is forbidden. */
export async function openDrawer(places: Places, identity: CoreIdentity): Promise<IDBFactory | undefined> {
  const found = await findDrawer(places, identity);
  if (found || !places.databases) return found;
  return (await openBucket(places, registryName(identity))) ?? places.databases;
}

/** Makes nothing: undefined where nothing has been stored yet. */
export async function findDrawer({ databases, buckets }: Places, identity: CoreIdentity): Promise<IDBFactory | undefined> {
  if (!databases || !buckets) return databases;
  const name = registryName(identity);
  const known = await buckets.keys().catch((): string[] => []);
  if (known.includes(name)) return (await openBucket({ buckets }, name)) ?? databases;
  // What began before the browser had buckets stays where it is until it is wiped.
  return (await databases.databases()).some((entry) => entry.name === name) ? databases : undefined;
}

/** Once nothing is left in it. */
export async function removeDrawer({ buckets }: Pick<Places, 'buckets'>, identity: CoreIdentity): Promise<void> {
  await buckets?.delete(registryName(identity)).catch(() => undefined);
}

/**
 * Chromium opens nothing in a bucket whose index of files (MANIFEST) is lost, and never mends it: a new one takes its place, once not even
 * the registry opens. Returns whether it was so.
 */
export async function renewDrawer({ buckets }: Places, identity: CoreIdentity): Promise<boolean> {
  const name = registryName(identity);
  const bucket = await openBucket({ buckets }, name);
  const opened = bucket && openExisting(bucket, name).then((database) => (database?.close(), undefined), nameOfError);
  if ((await opened) !== 'UnknownError') return false;
  await removeDrawer({ buckets }, identity);
  return true;
}

function openBucket({ buckets }: Pick<Places, 'buckets'>, name: string): Promise<IDBFactory | undefined> {
  return buckets ? buckets.open(name).then(({ indexedDB }) => indexedDB, () => undefined) : Promise.resolve(undefined); // oxfmt-ignore
}
