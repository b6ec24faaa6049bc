// A file as it comes in: cut into pieces, opened, hashed and put on the disk. Nothing of it is handed out before the whole was found true.
import { sha256 } from '@noble/hashes/sha2.js';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { FileShelf, FileSource } from '../file-ports.ts';
import { PIECE_LENGTH } from './cabinet.ts';
import { GcmStream, TAG_LENGTH } from './gcm-stream.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Of a file whose sender says nothing of its size. */
const LARGEST_UNKNOWN = 100_000_000;
const CHANGED = failed({ kind: 'file-changed' });

export class Incoming {
  readonly #shelf: FileShelf;
  readonly #name: string;
  readonly #source: FileSource;
  readonly #stream: GcmStream | undefined;
  readonly #digest = sha256.create();
  /** What is not a whole piece yet, and the tag, which nobody knows from the rest before the end. */
  #held: Bytes[] = [];
  #heldLength = 0;
  #pieces = 0;
  #length = 0;

  private constructor(shelf: FileShelf, name: string, source: FileSource, stream: GcmStream | undefined) {
    this.#shelf = shelf;
    this.#name = name;
    this.#source = source;
    this.#stream = stream;
  }

  /** Goes on behind what is on the disk: that is hashed again, since nobody knows how far the last attempt had come. */
  static async begin(shelf: FileShelf, subtle: SubtleCrypto, name: string, source: FileSource): Promise<Incoming> {
    const stream = source.cipher && (await GcmStream.begin(subtle, source.cipher.key, source.cipher.iv));
    const incoming = new Incoming(shelf, name, source, stream);
    const count = await shelf.countPieces(name);
    for (let at = 0; at < count; at++) {
      const piece = await shelf.piece(name, at);
      if (piece?.length !== PIECE_LENGTH) break;
      await stream?.encrypt(piece);
      incoming.#note(piece);
    }
    return incoming;
  }

  /** Bytes that need not come again. */
  get reached(): number {
    return this.#pieces * PIECE_LENGTH;
  }

  get length(): number {
    return this.#length + this.#heldLength;
  }

  /** More than was announced is not waited for. */
  get isTooLong(): boolean {
    return this.length > (this.#source.size ?? LARGEST_UNKNOWN) + (this.#stream ? TAG_LENGTH : 0);
  }

  /** So much was announced that it cannot be over yet. */
  get isTooShort(): boolean {
    return this.length < (this.#source.size ?? 0);
  }

  async take(bytes: Bytes): Promise<Answer<void>> {
    this.#held.push(bytes);
    this.#heldLength += bytes.length;
    const kept = this.#stream ? TAG_LENGTH : 0;
    if (this.#heldLength < PIECE_LENGTH + kept) return succeeded(undefined);
    let held = this.#joined();
    for (; held.length >= PIECE_LENGTH + kept; held = held.subarray(PIECE_LENGTH)) {
      const answer = await this.#store(held.slice(0, PIECE_LENGTH));
      if (!answer.ok) return answer;
    }
    this.#hold(held.slice());
    return succeeded(undefined);
  }

  /** The line ended: whether all of it is here, and is what its sender sent. Answers its size. */
  async finish(): Promise<Answer<number>> {
    const held = this.#joined();
    const { size, sha256: expected } = this.#source;
    const total = this.#length + held.length;
    // Some leave the tag out, where a hash says the same.
    const hasTag = this.#stream !== undefined && total !== size;
    if (hasTag && held.length < TAG_LENGTH) return CHANGED;
    const rest = hasTag ? held.subarray(0, held.length - TAG_LENGTH) : held;
    for (let from = 0; from < rest.length; from += PIECE_LENGTH) {
      const answer = await this.#store(rest.slice(from, from + PIECE_LENGTH));
      if (!answer.ok) return answer;
    }
    if (size !== undefined && this.#length !== size) return CHANGED;
    if (expected && !isSame(new Uint8Array(this.#digest.digest()), expected)) return CHANGED;
    if (hasTag && !isSame(this.#stream?.tag(), held.subarray(held.length - TAG_LENGTH))) return CHANGED;
    const isVouched = expected !== undefined || hasTag || this.#stream === undefined;
    return isVouched ? succeeded(this.#length) : CHANGED;
  }

  async #store(sealed: Bytes): Promise<Answer<void>> {
    const piece = this.#stream ? await this.#stream.decrypt(sealed) : sealed;
    const answer = await this.#shelf.putPiece(this.#name, this.#pieces, piece);
    if (answer.ok) this.#note(piece);
    return answer;
  }

  #note(piece: Bytes): void {
    this.#digest.update(piece);
    this.#pieces += 1;
    this.#length += piece.length;
  }

  #joined(): Bytes {
    if (this.#held.length === 1 && this.#held[0]) return this.#held[0];
    const joined = new Uint8Array(this.#heldLength);
    let at = 0;
    for (const bytes of this.#held) {
      joined.set(bytes, at);
      at += bytes.length;
    }
    return joined;
  }

  #hold(bytes: Bytes): void {
    this.#held = [bytes];
    this.#heldLength = bytes.length;
  }
}

const isSame = (one: Uint8Array | undefined, other: Uint8Array): boolean =>
  one?.length === other.length && one.every((byte, at) => byte === other[at]);
