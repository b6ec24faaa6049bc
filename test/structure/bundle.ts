// The built files as a graph, and what of it a browser fetches for a purpose.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './source-files.ts';

const STATIC_IMPORT = /(?:^|[;\n}])\s*(?:import|export)\s*(?:[\w*{}\s,$]+?from\s*)?["'](\.\/[^"']+)["']/g;

/** The file and everything it imports before it can run. */
export function staticClosure(entry: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const match of readBuilt(entry).matchAll(STATIC_IMPORT)) staticClosure((match[1] ?? '').slice(2), found);
  return found;
}

export const readBuilt = (file: string): string => readFileSync(join(ROOT, 'dist', file), 'utf8');

export const gzippedBytes = (file: string): number => gzipSync(readFileSync(join(ROOT, 'dist', file)), { level: 9 }).byteLength;

export const sumGzipped = (files: Iterable<string>): number => [...files].reduce((sum, file) => sum + gzippedBytes(file), 0);
