// Looks through all files of a browser's profile for words and bytes, in every form in which browsers write them.
import { readFile } from 'node:fs/promises';
import { filesBelow } from '../engines/looking.ts';
import { rowsIn } from './databases.ts';
import { inflatedIn, mozLz4In } from './unpack.ts';

export interface Needle {
  name: string;
  bytes: Buffer;
}

export interface Findings {
  /** `needle in /file`. */
  found: string[];
  /** How much was looked through. */
  bytes: number;
}

export function needlesOf(words: readonly string[]): Needle[] {
  return words.flatMap((name) => [
    { name, bytes: Buffer.from(name, 'utf8') },
    { name, bytes: Buffer.from(name, 'utf16le') },
    { name, bytes: Buffer.from(name, 'utf16le').swap16() },
    { name, bytes: asFirefoxKey(name) },
    // Where a browser can, it writes a letter as one byte.
    ...(isLatin(name) ? [{ name, bytes: Buffer.from(name, 'latin1') }] : []),
  ]);
}

export async function searchProfile(profile: string, needles: readonly Needle[]): Promise<Findings> {
  const found = new Set<string>();
  const finder = new Finder(needles);
  const look = (haystack: Buffer, file: string): void => {
    for (const name of finder.find(haystack)) found.add(`${name} in ${file.slice(profile.length)}`);
  };
  let bytes = 0;
  for (const file of await filesBelow(profile)) {
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    bytes += content.length;
    for (const haystack of [content, ...inflatedIn(content), ...mozLz4In(content)]) look(haystack, file);
  }
  for (const { file, key, value } of await rowsIn(profile)) for (const haystack of [key, value]) look(haystack, file);
  return { found: [...found], bytes };
}

/** Hundreds of needles in one walk: whoever begins with the two bytes that stand here is looked at. */
class Finder {
  readonly #byBeginning = new Map<number, Needle[]>();
  readonly #isBeginning = new Uint8Array(0x10000);

  constructor(needles: readonly Needle[]) {
    for (const needle of needles) {
      const beginning = needle.bytes.readUInt16LE(0);
      this.#isBeginning[beginning] = 1;
      this.#byBeginning.set(beginning, [...(this.#byBeginning.get(beginning) ?? []), needle]);
    }
  }

  find(haystack: Buffer): Set<string> {
    const found = new Set<string>();
    for (let at = 0; at + 1 < haystack.length; at++) {
      const beginning = haystack[at]! | (haystack[at + 1]! << 8);
      if (this.#isBeginning[beginning] === 0) continue;
      for (const { name, bytes } of this.#byBeginning.get(beginning) ?? [])
        if (haystack.compare(bytes, 0, bytes.length, at, Math.min(at + bytes.length, haystack.length)) === 0) found.add(name);
    }
    return found;
  }
}

const WINDOW = 16;

/** Pieces of what is random in these bytes: a key's, not its description's. */
export function randomPieces(bytes: Buffer, name: string): Needle[] {
  const pieces: Needle[] = [];
  for (let at = 0; at + WINDOW <= bytes.length; at++) {
    const piece = bytes.subarray(at, at + WINDOW);
    const high = piece.filter((byte) => byte >= 0x80).length;
    // What begins as half of every file does would be looked at everywhere.
    const isRare = piece[0]! > 0 && piece[0]! < 0xff && piece[1]! > 0;
    if (isRare && high >= 4 && new Set(piece).size >= 12) pieces.push({ name, bytes: piece });
  }
  return pieces;
}

/** A text as the key of a row. */
function asFirefoxKey(text: string): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit <= 0x7e) bytes.push(unit + 1);
    else if (unit <= 0x7e + 0x3fff + 1) bytes.push(...pair(unit - 0x7f + 0x8000));
    else bytes.push(0xc0 | (unit >> 10), (unit >> 2) & 0xff, (unit << 6) & 0xff);
  }
  return Buffer.from(bytes);
}

const pair = (unit: number): [number, number] => [unit >> 8, unit & 0xff];

const isLatin = (text: string): boolean => Buffer.from(text, 'latin1').toString('latin1') === text;
