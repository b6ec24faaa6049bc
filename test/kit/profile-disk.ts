// Whether Chromium still has the databases of a profile that it was killed with.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * When each set of databases was made. What a kill left torn in the middle of a write Chromium may throw away as a whole, and makes anew: with a
 * page that does nothing but write, once in some sixty kills of the whole browser. Nothing that runs in a page can tell, or help.
 */
export async function databasesMadeAt(profile: string): Promise<string> {
  const all = await readdir(join(profile, 'Default'), { recursive: true, withFileTypes: true });
  const found = all.filter((entry) => entry.isDirectory() && entry.name === 'indexeddb.leveldb');
  const paths = found.map(({ parentPath, name }) => join(parentPath, name));
  const made = await Promise.all(paths.map(async (path) => `${path} ${(await stat(path)).birthtimeMs}`));
  return made.toSorted().join();
}
