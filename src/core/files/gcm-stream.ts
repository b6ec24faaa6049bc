// AES-GCM over a file in pieces. WebCrypto takes a message only whole, so that a file would lie in memory several times; but its parts are
// there: CTR encrypts, and the tag of a piece that is only vouched for holds the hash of that piece. Those are joined here by a few products.
//   Z(n+1) = Z(n) · H^blocks  ⊕  (tag of the piece ⊕ E(J) ⊕ lengths · H)      tag of the whole = E(J0) ⊕ Z ⊕ lengths · H
import { blockOf, lengths, multiply, numberOf, power } from './ghash.ts';

/** Each piece but the last must be a multiple of this. */
const BLOCK = 16;
const COUNTERS = 2 ** 32;
const EMPTY = new Uint8Array();
/** Under which the hash of a piece is asked for. It never leaves this file. */
const HASHING_IV = new Uint8Array(12);

export const TAG_LENGTH = 16;

type Bytes = Uint8Array<ArrayBuffer>;

export class GcmStream {
  readonly #subtle: SubtleCrypto;
  readonly #keys: { ctr: CryptoKey; gcm: CryptoKey };
  readonly #h: bigint;
  readonly #first: Bytes;
  /** What covers the tag of the whole, and the tag of a piece. */
  readonly #cover: bigint;
  readonly #hashingCover: bigint;
  readonly #powers = new Map<number, bigint>();
  #sum = 0n;
  #length = 0;

  private constructor(subtle: SubtleCrypto, keys: { ctr: CryptoKey; gcm: CryptoKey }, [h, j0, cover, hashingCover]: readonly bigint[]) {
    this.#subtle = subtle;
    this.#keys = keys;
    this.#h = h ?? 0n;
    this.#first = blockOf(j0 ?? 0n);
    this.#cover = cover ?? 0n;
    this.#hashingCover = hashingCover ?? 0n;
  }

  static async begin(subtle: SubtleCrypto, key: Bytes, iv: Bytes): Promise<GcmStream> {
    const [ctr, gcm] = await Promise.all([
      subtle.importKey('raw', key, 'AES-CTR', false, ['encrypt']),
      subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']),
    ]);
    const cipher = async (block: Bytes): Promise<bigint> => numberOf(await crypt(subtle, ctr, block, new Uint8Array(BLOCK)));
    const h = await cipher(new Uint8Array(BLOCK));
    const j0 = firstCounter(iv, h);
    return new GcmStream(subtle, { ctr, gcm }, [h, j0, await cipher(blockOf(j0)), await cipher(blockOf(firstCounter(HASHING_IV, h)))]);
  }

  async encrypt(piece: Bytes): Promise<Bytes> {
    const sealed = await this.#crypt(piece);
    await this.#add(sealed);
    return sealed;
  }

  /** Not to be believed before the tag was compared. */
  async decrypt(piece: Bytes): Promise<Bytes> {
    const [opened] = await Promise.all([this.#crypt(piece), this.#add(piece)]);
    return opened;
  }

  tag(): Bytes {
    return blockOf(this.#cover ^ this.#sum ^ multiply(lengths(0, this.#length), this.#h));
  }

  #crypt(piece: Bytes): Promise<Bytes> {
    return crypt(this.#subtle, this.#keys.ctr, this.#counterAt(1 + this.#length / BLOCK), piece);
  }

  async #add(sealed: Bytes): Promise<void> {
    if (this.#length % BLOCK !== 0) throw new RangeError('Only the last piece may end within a block');
    const blocks = Math.ceil(sealed.length / BLOCK);
    this.#sum = multiply(this.#sum, this.#powerOf(blocks)) ^ (await this.#hashOf(sealed));
    this.#length += sealed.length;
  }

  async #hashOf(sealed: Bytes): Promise<bigint> {
    const parameters = { name: 'AES-GCM', iv: HASHING_IV, additionalData: sealed };
    const tag = new Uint8Array(await this.#subtle.encrypt(parameters, this.#keys.gcm, EMPTY));
    return numberOf(tag) ^ this.#hashingCover ^ multiply(lengths(sealed.length, 0), this.#h);
  }

  #powerOf(blocks: number): bigint {
    const known = this.#powers.get(blocks) ?? power(this.#h, blocks);
    this.#powers.set(blocks, known);
    return known;
  }

  #counterAt(steps: number): Bytes {
    const counter = this.#first.slice();
    const view = new DataView(counter.buffer);
    view.setUint32(12, (view.getUint32(12) + steps) % COUNTERS);
    return counter;
  }
}

/** Twelve bytes are the common case; older programs send sixteen. */
function firstCounter(iv: Bytes, h: bigint): bigint {
  if (iv.length === 12) return (numberOf(new Uint8Array([...iv, 0, 0, 0, 0])) & ~0xffff_ffffn) | 1n;
  return multiply(multiply(numberOf(iv), h) ^ lengths(0, BLOCK), h);
}

async function crypt(subtle: SubtleCrypto, key: CryptoKey, counter: Bytes, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle.encrypt({ name: 'AES-CTR', counter, length: 32 }, key, data));
}
