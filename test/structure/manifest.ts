// What the elements promise in their manifest tags, read from the comment above each class.
import { readSources } from './source-files.ts';

export interface Promised {
  kind: (typeof KINDS)[number];
  /** Empty for the default slot. */
  name: string;
  says: string;
}

export interface ElementManifest {
  tag: string;
  summary: string;
  promises: Promised[];
}

export const KINDS = ['attr', 'prop', 'method', 'fires', 'slot', 'csspart', 'cssproperty'] as const;

const CLASS_COMMENT = /\/\*\*((?:[^*]|\*(?!\/))*@tag\s+[\w-]+(?:[^*]|\*(?!\/))*)\*\//g;
const PROMISE = new RegExp(`^@(${KINDS.join('|')})\\s+(?:\\{[^}]*\\}\\s*)?(\\[?[-\\w]+(?:\\([^)]*\\))?(?:=[^\\]]*)?\\]?)?\\s*-?\\s*(.*)$`);

export function readManifest(): ElementManifest[] {
  return readSources('src/elements')
    .flatMap((file) => [...file.text.matchAll(CLASS_COMMENT)].map((match) => readElement(match[1] ?? '')))
    .toSorted((one, other) => (one.tag < other.tag ? -1 : 1));
}

function readElement(comment: string): ElementManifest {
  const lines = joinLines(comment);
  const tag = lines.flatMap((line) => /^@tag\s+([\w-]+)/.exec(line)?.[1] ?? []).at(0) ?? '';
  return {
    tag,
    summary: lines.filter((line) => !line.startsWith('@')).join(' '),
    promises: lines.flatMap((line) => readPromise(line)),
  };
}

/** A promise may run over several lines; the next `@` begins another. */
function joinLines(comment: string): string[] {
  const bare = comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim())
    .filter(Boolean);
  return bare.reduce<string[]>((lines, line) => {
    const last = lines.at(-1);
    if (last?.startsWith('@') && !line.startsWith('@')) return [...lines.slice(0, -1), `${last} ${line}`];
    return [...lines, line];
  }, []);
}

function readPromise(line: string): Promised[] {
  const match = PROMISE.exec(line);
  if (!match) return [];
  return [{ kind: match[1] as Promised['kind'], name: match[2] ?? '', says: match[3] ?? '' }];
}
