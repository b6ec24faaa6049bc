// As much of protocol buffers as OMEMO needs: unsigned numbers of 32 bits and runs of bytes. Read strictly, each field once.

type Value = number | Uint8Array<ArrayBuffer>;
type Kind = 'number' | 'bytes';
type ValueOf<K extends Kind> = K extends 'number' ? number : Uint8Array<ArrayBuffer>;

/** A message: its fields by name, each with its number and kind. A field that may be missing says so. */
export type Shape = Readonly<Record<string, { at: number; kind: Kind; optional?: true }>>;

type Optional<S extends Shape> = { [Name in keyof S]: S[Name] extends { optional: true } ? Name : never }[keyof S];
export type Fields<S extends Shape> = { [Name in Exclude<keyof S, Optional<S>>]: ValueOf<S[Name]['kind']> } & {
  [Name in Optional<S>]?: ValueOf<S[Name]['kind']> | undefined;
};

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH = 2;
const FIXED_32 = 5;
const LARGEST = 2 ** 32;

export function writeFields<S extends Shape>(shape: S, fields: Fields<S>): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  const values = fields as Readonly<Record<string, Value | undefined>>;
  for (const [name, { at, kind }] of Object.entries(shape)) {
    const value = values[name];
    if (value === undefined) continue;
    writeVarint(bytes, at * 8 + (kind === 'number' ? VARINT : LENGTH));
    if (typeof value === 'number') writeVarint(bytes, value);
    else {
      writeVarint(bytes, value.length);
      for (const byte of value) bytes.push(byte);
    }
  }
  return Uint8Array.from(bytes);
}

function writeVarint(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
}

/** Undefined for what is not whole, says something twice, or writes a number longer than it is. Fields of later versions are passed over. */
export function readFields<S extends Shape>(shape: S, bytes: Uint8Array): Fields<S> | undefined {
  const names = new Map(Object.entries(shape).map(([name, field]) => [field.at, { name, kind: field.kind }]));
  const found = new Map<string, Value>();
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    const field = tag && readValue(bytes, tag.end, tag.value % 8);
    if (!field || tag.value < 8) return undefined;
    at = field.end;
    const known = names.get(Math.floor(tag.value / 8));
    if (!known) continue;
    if (typeof field.value !== (known.kind === 'number' ? 'number' : 'object') || found.has(known.name)) return undefined;
    found.set(known.name, field.value!);
  }
  const whole = Object.entries(shape).every(([name, { optional }]) => optional || found.has(name));
  return whole ? (Object.fromEntries(found) as Fields<S>) : undefined;
}

function readValue(bytes: Uint8Array, at: number, wire: number): { value?: Value; end: number } | undefined {
  switch (wire) {
    case VARINT:
      return readVarint(bytes, at);
    case LENGTH: {
      const length = readVarint(bytes, at);
      const end = length ? length.end + length.value : Infinity;
      return length && end <= bytes.length ? { value: bytes.slice(length.end, end), end } : undefined;
    }
    case FIXED_64:
    case FIXED_32: {
      const end = at + (wire === FIXED_64 ? 8 : 4);
      return end <= bytes.length ? { end } : undefined;
    }
    default:
      return undefined;
  }
}

function readVarint(bytes: Uint8Array, from: number): { value: number; end: number } | undefined {
  let value = 0;
  let scale = 1;
  for (let at = from; at < bytes.length && at < from + 5; at++) {
    const byte = bytes[at]!;
    value += (byte & 127) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    const isShortest = byte !== 0 || at === from;
    return isShortest && value < LARGEST ? { value, end: at + 1 } : undefined;
  }
  return undefined;
}
