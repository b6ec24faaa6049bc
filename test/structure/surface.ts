// The public surface, read from the source and held against what was promised in `public-surface.json`.
// `node test/structure/surface.ts --update` writes a new promise; the change then shows in review.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSources, ROOT } from './source-files.ts';

const PROMISE = join(ROOT, 'test/structure/public-surface.json');

interface Surface {
  exports: string[];
  elements: Record<string, string[]>;
}

const TAGS = ['attr', 'fires', 'slot', 'csspart', 'cssproperty', 'method'];

export function findSurfaceFaults(): string[] {
  const now = readSurface();
  const promised = existsSync(PROMISE) ? (JSON.parse(readFileSync(PROMISE, 'utf8')) as Surface) : { exports: [], elements: {} };
  return [
    ...difference('export', promised.exports, now.exports),
    ...difference('element', Object.keys(promised.elements), Object.keys(now.elements)),
    ...Object.keys(now.elements).flatMap((tag) => difference(tag, promised.elements[tag] ?? [], now.elements[tag] ?? [])),
  ];
}

function difference(what: string, promised: readonly string[], now: readonly string[]): string[] {
  return [
    ...promised
      .filter((name) => !now.includes(name))
      .map((name) => `${what} ${name} is gone: retire it with notice, or update the promise`),
    ...now.filter((name) => !promised.includes(name)).map((name) => `${what} ${name} is new: update the promise`),
  ];
}

function readSurface(): Surface {
  const index = readSources('src/entries').find((file) => file.path === 'src/entries/index.ts');
  const exports = [...(index?.text ?? '').matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap((match) => (match[1] ?? '').split(','));
  return {
    exports: exports
      .map(
        (name) =>
          name
            .trim()
            .split(/\s+as\s+/)
            .at(-1)
            ?.replace(/^type /, '') ?? '',
      )
      .filter(Boolean)
      .sort(),
    elements: Object.fromEntries(
      readSources('src/elements')
        .flatMap((file) => readElement(file.text))
        .sort(),
    ),
  };
}

function readElement(text: string): [string, string[]][] {
  return [...text.matchAll(/\/\*\*(?:[^*]|\*(?!\/))*@tag\s+([\w-]+)(?:[^*]|\*(?!\/))*\*\//g)].map((block) => {
    const lines = [...block[0].matchAll(/@(\w+)\s+(?:\{[^}]*\}\s*)?\[?(--[\w-]+|[\w-]+)?/g)];
    const named = lines.filter((line) => TAGS.includes(line[1] ?? '')).map((line) => `${line[1]} ${line[2] ?? '(default)'}`);
    return [block[1] ?? '', [...new Set(named)].sort()];
  });
}

if (process.argv[1] === import.meta.filename && process.argv.includes('--update')) {
  writeFileSync(PROMISE, `${JSON.stringify(readSurface(), null, 2)}\n`);
  console.log('The promise is renewed.');
}
