// What browsers pack before they write it: read here only as far as a search needs, and never believed.
import { constants, inflateSync } from 'node:zlib';

const MOST_INFLATED = 4_000_000;
const MOZ_LZ4 = Buffer.from('mozLz40\0');

/** What is deflated somewhere in a file: tried wherever a zlib header may begin. Our blocks are sealed after they are deflated. */
export function inflatedIn(content: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = content.indexOf(0x78); at >= 0 && at + 1 < content.length; at = content.indexOf(0x78, at + 1)) {
    if (content.readUInt16BE(at) % 31 !== 0) continue;
    const text = quietly(() => inflateSync(content.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_INFLATED }));
    if (text && text.length >= 16) found.push(text);
  }
  return found;
}

/** Firefox's own files: open tabs and what stood in their fields. */
export function mozLz4In(content: Buffer): Buffer[] {
  if (!content.subarray(0, MOZ_LZ4.length).equals(MOZ_LZ4)) return [];
  const text = quietly(() => unpackLz4(content.subarray(MOZ_LZ4.length + 4)));
  return text ? [text] : [];
}

function unpackLz4(packed: Buffer): Buffer {
  const out = new Unpacked();
  let at = 0;
  const long = (length: number): number => {
    let more = length === 15 ? 255 : 0;
    for (let sum = length; ; sum += more) {
      if (more !== 255) return sum;
      more = packed[at++]!;
      if (more !== 255) return sum + more;
    }
  };
  while (at < packed.length) {
    const token = packed[at++]!;
    const literal = long(token >> 4);
    out.add(packed.subarray(at, at + literal));
    at += literal;
    if (at >= packed.length) break;
    const back = packed.readUInt16LE(at);
    at += 2;
    out.repeat(back, long(token & 15) + 4);
  }
  return out.bytes;
}

/** Rows of Firefox's databases. Undefined where it is something else. */
export const unpackSnappy = (packed: Buffer): Buffer | undefined => quietly(() => readSnappy(packed));

function readSnappy(packed: Buffer): Buffer {
  let [at, length, shift] = [0, 0, 0];
  for (let byte = 0x80; byte & 0x80; shift += 7) {
    byte = packed.readUInt8(at++);
    length += (byte & 0x7f) * 2 ** shift;
  }
  const out = new Unpacked();
  while (at < packed.length) at = readElement(packed, at, out);
  if (out.bytes.length !== length) throw new RangeError('its length is another');
  return out.bytes;
}

function readElement(packed: Buffer, at: number, out: Unpacked): number {
  const tag = packed.readUInt8(at);
  const six = tag >> 2;
  switch (tag & 3) {
    case 0: {
      const wide = Math.max(0, six - 59);
      const from = at + 1 + wide;
      const length = (wide ? packed.readUIntLE(at + 1, wide) : six) + 1;
      if (from + length > packed.length) throw new RangeError('it ends early');
      out.add(packed.subarray(from, from + length));
      return from + length;
    }
    case 1:
      out.repeat(((tag >> 5) << 8) | packed.readUInt8(at + 1), (six & 7) + 4);
      return at + 2;
    case 2:
      out.repeat(packed.readUInt16LE(at + 1), six + 1);
      return at + 3;
    default:
      out.repeat(packed.readUInt32LE(at + 1), six + 1);
      return at + 5;
  }
}

class Unpacked {
  #bytes = Buffer.alloc(4096);
  #length = 0;

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  add(bytes: Buffer): void {
    this.#reserve(bytes.length);
    bytes.copy(this.#bytes, this.#length);
    this.#length += bytes.length;
  }

  /** May run into what it is writing. */
  repeat(back: number, length: number): void {
    if (back < 1 || back > this.#length) throw new RangeError('it looks back too far');
    this.#reserve(length);
    for (let count = 0; count < length; count++) {
      this.#bytes[this.#length] = this.#bytes[this.#length - back]!;
      this.#length += 1;
    }
  }

  #reserve(more: number): void {
    if (this.#length + more > MOST_INFLATED) throw new RangeError('too much');
    if (this.#length + more <= this.#bytes.length) return;
    const wider = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#length + more));
    this.#bytes.copy(wider);
    this.#bytes = wider;
  }
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
