// Exact budgets, in bytes after gzip. A budget is raised only with a decision that says what it buys.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzippedBytes, readBuilt, staticClosure, sumGzipped } from './bundle.ts';
import { ROOT } from './source-files.ts';

export const KB = 1024;

export interface Budget {
  id: string;
  says: string;
  /** What performance.md asks for. */
  goal: number;
  /** Where the goal is not reached: what is held instead, just above what is. docs/decisions/0011 says why. */
  held?: number;
  measure: () => number;
}

export const BUDGETS: readonly Budget[] = [
  { id: '1', says: 'the loader of a script tag', goal: 2 * KB, measure: () => gzippedBytes('embed.js') },
  {
    id: '4',
    says: 'page and worker until the first thread is readable',
    goal: 70 * KB,
    measure: () => sumGzipped(pageUntilThread()) + sumGzipped(workerUntilThread()),
  },
  {
    id: '4 page',
    says: 'the page until the first thread is readable',
    goal: 25 * KB,
    held: 57.25 * KB,
    measure: () => sumGzipped(pageUntilThread()),
  },
  { id: '4 worker', says: 'the worker until the first thread is readable', goal: 45 * KB, measure: () => sumGzipped(workerUntilThread()) },
  {
    id: '5',
    says: 'all of sign-in, list, thread and core, in one language',
    goal: 130 * KB,
    held: 329.52 * KB,
    measure: () => sumGzipped(allModules()),
  },
];

export function findBudgetFaults(): string[] {
  const tooHeavy = BUDGETS.flatMap(({ id, says, goal, held = goal, measure }) => {
    const bytes = measure();
    return bytes <= held ? [] : [`goal ${id}: ${says} weighs ${bytes} bytes, ${held} is the most (${bytes - held} too many)`];
  });
  return [...tooHeavy, ...findLateSockets()];
}

/** A sign-in asks the engine while the store with its library is still on its way. */
function findLateSockets(): string[] {
  const waits = staticClosure(chunkNamed('second-stage')).has(chunkNamed('store'));
  return waits ? ['the second stage imports the store: its socket waits for Dexie'] : [];
}

/** What `define.js` asks for at once, and what is asked for before a thread can be read: the session, a language, the thread. */
export function pageUntilThread(): Set<string> {
  const entries = ['define.js', 'register.js', chunkNamed('en')];
  return new Set(entries.flatMap((entry) => [...staticClosure(entry)]));
}

export const workerUntilThread = (): Set<string> => staticClosure('worker.js');

/** A person reads one language: the larger one counts. `index.js` is what bundlers read. */
export function allModules(): string[] {
  const spoken = smallerOf(chunkNamed('en'), chunkNamed('zh-cn'));
  const late = ['encryption', 'lock-words', 'files'].map((name) => smallestOf(chunksNamed(name)));
  const others = new Set(['embed.js', 'index.js', spoken, ...late]);
  return listBuilt().filter((file) => !others.has(file));
}

const smallestOf = (files: readonly string[]): string => files.reduce(smallerOf);
const smallerOf = (one: string, other: string): string => (gzippedBytes(one) < gzippedBytes(other) ? one : other);

const listBuilt = (): string[] => readdirSync(join(ROOT, 'dist')).filter((file) => file.endsWith('.js'));

/** Both languages of what is said in a sheet go by one name. */
const chunksNamed = (name: string): string[] => listBuilt().filter((one) => one.startsWith(`chunk-${name}-`));

function chunkNamed(name: string): string {
  const [file] = chunksNamed(name);
  if (!file) throw new Error(`the build has no file for ${name}`);
  return file;
}

/** A library that must not be in a file, found by a name that minifying keeps. */
export const contains = (file: string, mark: string): boolean => readBuilt(file).includes(mark);
