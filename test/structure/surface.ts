// The public surface, read from the source and held against what was promised in `public-surface.json` and `docs/reference.md`.
// `node test/structure/surface.ts --update` writes both anew; the change then shows in review.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from './manifest.ts';
import { writeReference } from './reference.ts';
import { readSources, ROOT } from './source-files.ts';

const PROMISE = join(ROOT, 'test/structure/public-surface.json');
const REFERENCE = join(ROOT, 'docs/reference.md');

interface Surface {
  exports: string[];
  elements: Record<string, string[]>;
}

export function findSurfaceFaults(): string[] {
  const now = readSurface();
  const promised = existsSync(PROMISE) ? (JSON.parse(readFileSync(PROMISE, 'utf8')) as Surface) : { exports: [], elements: {} };
  const reference = existsSync(REFERENCE) ? readFileSync(REFERENCE, 'utf8') : '';
  return [
    ...difference('export', promised.exports, now.exports),
    ...difference('element', Object.keys(promised.elements), Object.keys(now.elements)),
    ...Object.keys(now.elements).flatMap((tag) => difference(tag, promised.elements[tag] ?? [], now.elements[tag] ?? [])),
    ...readManifest().flatMap(({ tag, promises }) =>
      promises.filter(({ says }) => says === '').map(({ kind, name }) => `${tag}: @${kind} ${name} says nothing`),
    ),
    ...(reference === writeReference(readManifest())
      ? []
      : ['docs/reference.md is not what the elements say: node test/structure/surface.ts --update']),
  ];
}

function difference(what: string, promised: readonly string[], now: readonly string[]): string[] {
  return [
    ...promised
      .filter((name) => !now.includes(name))
      .map((name) => `${what}: ${name} is gone: retire it with notice, or update the promise`),
    ...now.filter((name) => !promised.includes(name)).map((name) => `${what}: ${name} is new: update the promise`),
  ];
}

function readSurface(): Surface {
  return {
    exports: readExports(),
    elements: Object.fromEntries(
      readManifest().map(({ tag, promises }) => [tag, promises.map(({ kind, name }) => `${kind} ${name}`.trim()).toSorted()]),
    ),
  };
}

function readExports(): string[] {
  const index = readSources('src/entries').find((file) => file.path === 'src/entries/index.ts');
  const lists = [...(index?.text ?? '').matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap((match) => (match[1] ?? '').split(','));
  const names = lists.map(
    (name) =>
      name
        .trim()
        .replace(/^type /, '')
        .split(/\s+as\s+/)
        .at(-1) ?? '',
  );
  return names.filter(Boolean).toSorted();
}

if (process.argv[1] === import.meta.filename && process.argv.includes('--update')) {
  writeFileSync(PROMISE, `${JSON.stringify(readSurface(), null, 2)}\n`);
  writeFileSync(REFERENCE, writeReference(readManifest()));
  console.log('The promise is renewed.');
}
