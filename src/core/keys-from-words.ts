// A key out of words that a person remembers, by Argon2id (RFC 9106): in slices, so that whoever else is served has their turn meanwhile.
import { toBytes } from './utf8.ts';

export interface WordsCost {
  memoryKiB: number;
  passes: number;
  lanes: number;
}

/** Below this nobody's words are worth much: what is read from outside may ask for more, never for less. */
export const LEAST_COST: WordsCost = { memoryKiB: 19 * 1024, passes: 2, lanes: 1 };

const SLICE_MS = 4;
const KEY_BYTES = 32;

/** The same words, however they were typed. */
const asWords = (typed: string): string => typed.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ');

export const keyFromWords = (words: string, salt: Uint8Array, cost: WordsCost): Promise<Uint8Array<ArrayBuffer>> =>
  stretchSecret(toBytes(asWords(words)), salt, cost);

/** The same secret, salt and cost give the same bytes. */
export async function stretchSecret(secret: Uint8Array, salt: Uint8Array, cost: WordsCost): Promise<Uint8Array<ArrayBuffer>> {
  const { argon2idAsync } = await import('@noble/hashes/argon2.js');
  const { memoryKiB: m, passes: t, lanes: p } = cost;
  return new Uint8Array(await argon2idAsync(secret, salt, { m, t, p, dkLen: KEY_BYTES, asyncTick: SLICE_MS }));
}
