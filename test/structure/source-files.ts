// The source as a graph: which file imports which, read from the text.
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const ROOT: string = resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  path: string;
  text: string;
  lines: number;
  imports: string[];
  packages: string[];
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*(?:\/\*[^*]*\*\/\s*)?['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+\.ts)['"]/g;

export function readSources(folder: string): SourceFile[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return files
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => readSource(join(entry.parentPath, entry.name)));
}

function readSource(absolute: string): SourceFile {
  const text = readFileSync(absolute, 'utf8');
  const named = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
  return {
    path: relative(ROOT, absolute).replaceAll('\\', '/'),
    text,
    lines: text.split('\n').length - 1,
    imports: named.filter((name) => name.startsWith('.')).map((name) => toPath(absolute, name)),
    packages: named.filter((name) => name !== '' && !name.startsWith('.')),
  };
}

function toPath(from: string, name: string): string {
  const target = resolve(dirname(from), name.replace(/\?.*$/, ''));
  return relative(ROOT, target).replaceAll('\\', '/');
}

export const exists = (path: string): boolean => existsSync(join(ROOT, path));
