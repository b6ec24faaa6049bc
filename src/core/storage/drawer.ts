// Where the databases of one organisation and profile lie: in a storage bucket of their own where the browser has them.
// Deleting a bucket removes its files. Deleting a database alone leaves its bytes, the key among them, in Chromium's files for long.
// So there can be two: who changes how the root is held moves into the other one, and the first is deleted with all its files.
import type { CoreIdentity } from '../../contracts/port.ts';
import type { World } from '../ports.ts';
import { registryName } from './names.ts';

export type Places = Pick<World, 'databases' | 'buckets'>;

export const SUFFIXES = ['', '-2'] as const;

export interface Drawer {
  readonly databases: IDBFactory;
  /** Behind the names of all databases in it. */
  readonly suffix: (typeof SUFFIXES)[number];
}

/** Those that are there, the one that counts first where both hold somebody. Without buckets either may turn out to hold nothing. */
export async function listDrawers({ databases, buckets }: Places, identity: CoreIdentity): Promise<Drawer[]> {
  if (!databases) return [];
  if (!buckets) return SUFFIXES.map((suffix) => ({ databases, suffix }));
  const name = registryName(identity);
  const known = await buckets.keys().catch((): string[] => []);
  // What began before the browser had buckets stays where it is until it is wiped, or moves.
  const outside = known.includes(name) ? [] : (await databases.databases()).map((entry) => entry.name);
  const found = SUFFIXES.map(async (suffix) => {
    if (known.includes(name + suffix)) return { databases: (await openBucket({ buckets }, name + suffix)) ?? databases, suffix };
    return outside.includes(name + suffix) ? { databases, suffix } : undefined;
  });
  return (await Promise.all(found)).filter((drawer) => drawer !== undefined);
}

export function openBucket({ buckets }: Pick<Places, 'buckets'>, name: string): Promise<IDBFactory | undefined> {
  return buckets ? buckets.open(name).then(({ indexedDB }) => indexedDB, () => undefined) : Promise.resolve(undefined); // oxfmt-ignore
}
