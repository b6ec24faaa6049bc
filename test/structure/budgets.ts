// Exact budgets, in bytes after gzip. A budget is raised only with a decision that says what it buys.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzippedBytes, readBuilt, staticClosure, sumGzipped } from './bundle.ts';
import { ROOT } from './source-files.ts';

const KB = 1024;

export interface Budget {
  id: string;
  says: string;
  most: number;
  measure: () => number;
}

export const BUDGETS: readonly Budget[] = [
  { id: '1', says: 'the loader of a script tag', most: 2 * KB, measure: () => gzippedBytes('embed.js') },
  { id: '4 page', says: 'the page until the first thread is readable', most: 25 * KB, measure: () => sumGzipped(pageUntilThread()) },
  {
    id: '4 worker',
    says: 'the worker until the first thread is readable',
    most: 45 * KB,
    measure: () => sumGzipped(staticClosure('worker.js')),
  },
  { id: '5', says: 'all of sign-in, list, thread and core', most: 130 * KB, measure: () => sumGzipped(allModules()) },
];

export function findBudgetFaults(): string[] {
  return BUDGETS.flatMap(({ id, says, most, measure }) => {
    const bytes = measure();
    return bytes <= most ? [] : [`goal ${id}: ${says} weighs ${bytes} bytes, ${most} is the most (${bytes - most} too many)`];
  });
}

/** What `define.js` pulls in at once, and the chunks it asks for before a thread can be shown. */
function pageUntilThread(): Set<string> {
  return staticClosure('define.js');
}

function allModules(): string[] {
  return readdirSync(join(ROOT, 'dist')).filter((file) => file.endsWith('.js') && file !== 'embed.js' && file !== 'index.js');
}

/** A library that must not be in a file, found by a name that minifying keeps. */
export const contains = (file: string, mark: string): boolean => readBuilt(file).includes(mark);
