// Whether a value from a port is plain data of a sane size: strings, numbers, flags, and plain arrays and objects of them; bytes and files,
// where they belong.

export type Weight = 'fits' | 'too-large' | 'foreign';

/** Characters of text in one call; a stanza on the wire may have 256 KiB. */
export const MOST_CHARACTERS: number = 64 * 1024;
/** Bytes of a file in one call. */
const MOST_BYTES = 512 * 1024;
const MOST_NODES = 2_000;
const MOST_DEPTH = 8;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

interface Scale {
  characters: number;
  nodes: number;
  bytes: number;
  readonly mayHoldBytes: boolean;
}

/** Bytes and files only where a call takes one, or a piece of one. */
export function weighPlain(value: unknown, mayHoldBytes = false): Weight {
  const scale: Scale = { characters: MOST_CHARACTERS, nodes: MOST_NODES, bytes: MOST_BYTES, mayHoldBytes };
  if (!isPlain(value, scale, 0)) return 'foreign';
  return isOverdrawn(scale) ? 'too-large' : 'fits';
}

/** Stops walking as soon as the scale is overdrawn, so that a huge value costs no more than the bound. */
function isPlain(value: unknown, scale: Scale, depth: number): boolean {
  scale.nodes -= 1;
  if (typeof value === 'string') scale.characters -= value.length;
  if (typeof value !== 'object' || value === null) return isPlainScalar(value);
  if (depth >= MOST_DEPTH) return false;
  if (value instanceof Uint8Array) return isPlainBytes(value, scale);
  // It costs nothing until it is read.
  if (value instanceof Blob) return scale.mayHoldBytes;
  return Array.isArray(value) ? isPlainArray(value, scale, depth) : isPlainObject(value, scale, depth);
}

const isOverdrawn = (scale: Scale): boolean => scale.nodes < 0 || scale.characters < 0 || scale.bytes < 0;

const isPlainScalar = (value: unknown): boolean =>
  value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';

/** A sparse array is charged by its length: whoever walks it pays for the holes. */
function isPlainArray(array: readonly unknown[], scale: Scale, depth: number): boolean {
  scale.nodes -= array.length;
  for (const item of isOverdrawn(scale) ? [] : array) {
    if (!isPlain(item, scale, depth + 1)) return false;
    if (isOverdrawn(scale)) return true;
  }
  return true;
}

/** Memory of its own, and nobody else's to change meanwhile. */
function isPlainBytes(bytes: Uint8Array, scale: Scale): boolean {
  scale.bytes -= bytes.byteLength;
  return scale.mayHoldBytes && Object.getPrototypeOf(bytes) === Uint8Array.prototype && bytes.buffer instanceof ArrayBuffer;
}

function isPlainObject(object: object, scale: Scale, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const [key, item] of Object.entries(object)) {
    scale.characters -= key.length;
    if (FORBIDDEN_KEYS.has(key) || !isPlain(item, scale, depth + 1)) return false;
    if (isOverdrawn(scale)) return true;
  }
  return true;
}
