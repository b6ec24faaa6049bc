// The built product, built again when a source is newer than it.
import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { tryToHold } from './demo-folder.ts';
import { done, trouble } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { runProgram } from './run-program.ts';

const PRODUCTS = ['define.js', 'worker.js', 'embed.js'];
const SCRIPT = 'test/structure/run-build.ts';

/** The runner itself is no part of the product. */
const NOT_BUILT = join('src', 'engine');

export async function ensureBuild(root: string, say: (line: string) => void): Promise<Outcome<void>> {
  const release = await holdBuilding(root);
  try {
    if (!(await isBuildOld(root))) return done(undefined);
    say('正在构建 · Building …');
    return await build(root);
  } finally {
    release();
  }
}

/** Two starts side by side share one `dist`: the second waits and finds it built. */
async function holdBuilding(root: string): Promise<() => void> {
  for (;;) {
    const release = await tryToHold(join(root, 'dist'));
    if (release) return release;
    await wait(200);
  }
}

async function build(root: string): Promise<Outcome<void>> {
  const log = join(root, '.run', 'build.log');
  await mkdir(join(root, '.run'), { recursive: true });
  await writeFile(log, '');
  if (!existsSync(join(root, SCRIPT))) return trouble(`There is no build here: ${SCRIPT} is missing.`);
  const built = await runProgram({ program: process.execPath, arguments: [SCRIPT], directory: root, logFile: log });
  if (!built.ok) return trouble(`The build failed; what it said is in ${log}.`);
  return done(undefined);
}

async function isBuildOld(root: string): Promise<boolean> {
  const products = PRODUCTS.map((name) => join(root, 'dist', name));
  if (!products.every((file) => existsSync(file))) return true;
  const builtAt = Math.min(...products.map(changedAt));
  const sources = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
  const files = sources.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const mattering = files.filter((file) => !file.includes(NOT_BUILT));
  return [...mattering, join(root, 'vite.config.ts'), join(root, 'package.json')].some((file) => changedAt(file) > builtAt);
}

function changedAt(file: string): number {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}
