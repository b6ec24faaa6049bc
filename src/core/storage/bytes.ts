// Writing and reading runs of bytes: varints for numbers, UTF-8 for text, short forms for the ids that engines and we mint.

const UUID_LENGTH = 36;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DECIMAL = /^[1-9][0-9]{0,14}$/;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53 - 1. */
  unsigned(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Not a whole number from 0: ${value}`);
    this.#room(8);
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A whole number of either sign: the sign is a byte of its own, so that all safe integers fit. */
  signed(value: number): void {
    this.byte(value < 0 ? 1 : 0);
    this.unsigned(Math.abs(value));
  }

  /** What UTF-8 cannot say (half a surrogate pair) is kept as U+FFFD. */
  text(value: string): void {
    this.#room(value.length * 3 + 8);
    if (this.#ascii(value)) return;
    const at = this.#length;
    const guess = varintLength(value.length);
    const { written } = encoder.encodeInto(value, this.#bytes.subarray(at + guess));
    const needed = varintLength(written);
    if (needed > guess) this.#bytes.copyWithin(at + needed, at + guess, at + guess + written);
    this.unsigned(written);
    this.#length += written;
  }

  /** Most text there is, and all ids: a call of the encoder costs more than a short text. False where it is not ASCII alone. */
  #ascii(value: string): boolean {
    const bytes = this.#bytes;
    let at = this.#length + varintLength(value.length);
    for (let place = 0; place < value.length; place++) {
      const code = value.charCodeAt(place);
      if (code > 127) return false;
      bytes[at++] = code;
    }
    this.unsigned(value.length);
    this.#length = at;
    return true;
  }

  /** An id: 17 bytes for a UUID, at most 9 for a decimal number, otherwise its text. */
  id(value: string): void {
    if (value.length === UUID_LENGTH && UUID.test(value)) return this.#uuid(value);
    const isNumber = DECIMAL.test(value);
    this.byte(isNumber ? 2 : 0);
    if (isNumber) this.unsigned(Number(value));
    else this.text(value);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #uuid(value: string): void {
    this.byte(1);
    this.#room(16);
    for (let at = 0; at < 36; at += 2) {
      if (value[at] === '-') at++;
      this.#bytes[this.#length++] = Number.parseInt(value.slice(at, at + 2), 16);
    }
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    wider.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = wider;
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new RangeError('The bytes end too early');
    return value;
  }

  unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  signed(): number {
    const negative = this.byte() === 1;
    const value = this.unsigned();
    return negative && value !== 0 ? -value : value;
  }

  text(): string {
    return decoder.decode(this.#take(this.unsigned()));
  }

  id(): string {
    const tag = this.byte();
    if (tag === 0) return this.text();
    return tag === 1 ? uuidOf(this.#take(16)) : String(this.unsigned());
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('The bytes end too early');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}

function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
  return length;
}

function uuidOf(bytes: Uint8Array): string {
  let text = '';
  bytes.forEach((byte, at) => {
    if (at === 4 || at === 6 || at === 8 || at === 10) text += '-';
    text += byte.toString(16).padStart(2, '0');
  });
  return text;
}
