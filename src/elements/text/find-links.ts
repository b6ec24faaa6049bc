// Where addresses stand in a line. Every character is looked at a fixed number of times, whatever the text.
import { gateUrl, writeUrl } from './url-gate.ts';

export interface Link {
  start: number;
  end: number;
  text: string;
  href: string;
}

const LONGEST = 2048;
const SCHEME = /(?:https?:\/\/|mailto:|tel:|xmpp:)/gi;
/** Blank space, quotes, angle brackets, CJK punctuation and full-width forms end an address. */
const STOP = /[\s<>"`\u2018-\u201f\u3000-\u303f\uff01-\uff65\ufffc]/u;
const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;
const BEFORE_CJK = /[/=&?#._%-]/;
const TRAILING = new Set('.,;:!?\'"*_~…');
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

export function findLinks(line: string): readonly Link[] {
  if (!line.includes(':')) return [];
  const links: Link[] = [];
  SCHEME.lastIndex = 0;
  for (let match = SCHEME.exec(line); match; match = SCHEME.exec(line)) {
    if (isInsideWord(line, match.index)) continue;
    const run = runEnd(line, match.index, match.index + match[0].length);
    const link = readLink(line, match.index, run);
    if (link) links.push(link);
    SCHEME.lastIndex = Math.max(link?.end ?? run, SCHEME.lastIndex);
  }
  return links;
}

const isInsideWord = (line: string, at: number): boolean => at > 0 && /[A-Za-z0-9]/.test(line[at - 1] ?? '');

function readLink(line: string, start: number, run: number): Link | undefined {
  if (run - start > LONGEST) return undefined;
  const end = trimEnd(line, start, run);
  const raw = line.slice(start, end);
  const href = gateUrl(raw);
  return href === undefined ? undefined : { start, end, href, text: writeUrl(raw, href) };
}

/** 中文 often follows an address without a space: it belongs to the address only where a part of it begins that way. */
function runEnd(line: string, start: number, from: number): number {
  let at = from;
  for (const character of line.slice(from, start + LONGEST + 64)) {
    if (STOP.test(character)) return at;
    if (CJK.test(character) && !continuesAddress(line, at)) return at;
    at += character.length;
  }
  if (at < start + LONGEST + 64) return at;
  const rest = line.slice(at).search(/\s/);
  return rest < 0 ? line.length : at + rest;
}

function continuesAddress(line: string, at: number): boolean {
  const before = line[at - 1] ?? '';
  return BEFORE_CJK.test(before) || CJK.test(before);
}

/** Full stops and closing brackets after an address are the sentence's, unless the address opened them. */
function trimEnd(line: string, start: number, run: number): number {
  const open = countBrackets(line.slice(start, run));
  let end = run;
  while (end > start) {
    const last = line[end - 1] ?? '';
    const opening = OPENING[last];
    if (opening === undefined ? !TRAILING.has(last) : (open.get(last) ?? 0) <= (open.get(opening) ?? 0)) break;
    open.set(last, (open.get(last) ?? 0) - 1);
    end--;
  }
  return end;
}

function countBrackets(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const character of text) if ('()[]{}'.includes(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}
