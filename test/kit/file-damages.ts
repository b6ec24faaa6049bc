// Damages to the files in which Chromium keeps databases (LevelDB): bits, lengths, and files that are gone.
import { open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Chance } from './random.ts';

type FileDamage = (folder: string, luck: Chance) => Promise<void>;

/** Every folder of the profile that holds a database of a page. */
export async function databaseFolders(profile: string): Promise<readonly string[]> {
  const entries = await readdir(join(profile, 'Default'), { recursive: true, withFileTypes: true });
  return entries
    .filter(({ name, parentPath }) => name === 'CURRENT' && dirname(parentPath).endsWith('IndexedDB') && parentPath.endsWith('.leveldb'))
    .map(({ parentPath }) => parentPath);
}

async function filesIn(folder: string, ending: RegExp): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => ending.test(name));
  return names.map((name) => join(folder, name));
}

const DATA = /\.(log|ldb)$/;

const flipBits: FileDamage = async (folder, luck) => {
  for (const path of await filesIn(folder, DATA)) {
    const { size } = await stat(path);
    const file = await open(path, 'r+');
    for (let times = Math.min(8, size); times > 0; times--) {
      const [byte, at] = [Buffer.alloc(1), luck.below(size)];
      await file.read(byte, 0, 1, at);
      byte[0]! ^= 1 << luck.below(8);
      await file.write(byte, 0, 1, at);
    }
    await file.close();
  }
};

const cutShort: FileDamage = async (folder, luck) => {
  for (const path of await filesIn(folder, DATA)) await truncate(path, luck.below((await stat(path)).size + 1));
};

const without =
  (ending: RegExp): FileDamage =>
  async (folder) => {
    for (const path of await filesIn(folder, ending)) await rm(path);
  };

export const FILE_DAMAGES: Readonly<Record<string, FileDamage>> = {
  'bits are turned round': flipBits,
  'files are cut short': cutShort,
  'the data is missing': without(DATA),
  'MANIFEST is missing': without(/^MANIFEST/),
  'CURRENT is missing': without(/^CURRENT$/),
};
