// The key of one backup, and its chunks: AES-256-GCM, each bound to its place, to being the last or not, and to the header.
import { concatBytes, isEqual } from '../../base/bytes.ts';
import type { World } from '../ports.ts';
import { keyFromWords, type WordsCost } from '../keys-from-words.ts';
import { toBytes } from '../utf8.ts';
import { CHUNK_BYTES, writeFields, type Header } from './header.ts';

/** How words become a key: tests that open ten thousand files have a cheaper one. */
export type Derive = typeof keyFromWords;

export interface Seal {
  key: CryptoKey;
  nonceBase: Uint8Array;
  digest: Uint8Array;
}

export const TAG_BYTES = 16;
export const SEALED_CHUNK_BYTES: number = CHUNK_BYTES + TAG_BYTES;
const COST: WordsCost = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 };
const KEY_BITS = 256;
const CHECK_BITS = 128;

export type SealWorld = Pick<World, 'subtle' | 'random'>;

/** A fresh key, and the header that tells how it is made again. */
export async function beginSeal(
  { subtle, random }: SealWorld,
  secret: string,
  derive: Derive,
): Promise<{ header: Uint8Array; seal: Seal }> {
  const [salt, nonceBase] = [random(16), random(12)];
  const fields = await writeFields(subtle, { cost: COST, salt, nonceBase });
  const { seal, check } = await deriveSeal(subtle, await derive(secret, salt, COST), fields, nonceBase);
  return { header: concatBytes(fields, check), seal };
}

/** Undefined for another secret than the file was written with, or another header. */
export async function openSeal(
  subtle: SubtleCrypto,
  { cost, salt, nonceBase, fields, check }: Header,
  secret: string,
  derive: Derive,
): Promise<Seal | undefined> {
  const made = await deriveSeal(subtle, await derive(secret, salt, cost), fields, nonceBase);
  return isEqual(made.check, check) ? made.seal : undefined;
}

export async function sealChunk(
  subtle: SubtleCrypto,
  seal: Seal,
  index: number,
  isLast: boolean,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  return new Uint8Array(await subtle.encrypt(paramsOf(seal, index, isLast), seal.key, bytes));
}

/** Undefined for what was not sealed for this place. */
export async function openChunk(
  subtle: SubtleCrypto,
  seal: Seal,
  index: number,
  isLast: boolean,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return subtle.decrypt(paramsOf(seal, index, isLast), seal.key, sealed).then(
    (bytes) => new Uint8Array(bytes),
    () => undefined,
  );
}

/** The header salts both, so that a changed one opens nothing. The check also holds the file to one secret, which AES-GCM alone does not. */
async function deriveSeal(
  subtle: SubtleCrypto,
  root: Uint8Array<ArrayBuffer>,
  fields: Uint8Array<ArrayBuffer>,
  nonceBase: Uint8Array,
): Promise<{ seal: Seal; check: Uint8Array }> {
  const digest = new Uint8Array(await subtle.digest('SHA-256', fields));
  const material = await subtle.importKey('raw', root, 'HKDF', false, ['deriveBits']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: digest, info: toBytes('WBK1') };
  const bits = new Uint8Array(await subtle.deriveBits(how, material, KEY_BITS + CHECK_BITS));
  const key = await subtle.importKey('raw', bits.slice(0, KEY_BITS / 8), 'AES-GCM', false, ['encrypt', 'decrypt']);
  root.fill(0);
  return { seal: { key, nonceBase, digest }, check: bits.slice(KEY_BITS / 8) };
}

function paramsOf({ nonceBase, digest }: Seal, index: number, isLast: boolean): AesGcmParams {
  const iv = new Uint8Array(nonceBase);
  const place = new Uint8Array(5);
  new DataView(place.buffer).setUint32(0, index);
  place[4] = isLast ? 1 : 0;
  for (let at = 0; at < 4; at++) iv[8 + at] = (iv[8 + at] ?? 0) ^ (place[at] ?? 0);
  return { name: 'AES-GCM', iv, additionalData: concatBytes(place, digest), tagLength: TAG_BYTES * 8 };
}
