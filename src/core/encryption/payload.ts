// What a message says, sealed once for all who may read it under a key that each device then gets by its own ratchet.
import { concatBytes } from '../../base/bytes.ts';
import { decryptCbc, encryptCbc, isTagOf, sealingKeys, tagOf } from './primitives/aes-cbc.ts';
import type { Primitives } from './primitives/curves.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const INFO = 'OMEMO Payload';
const KEY_LENGTH = 32;
const TAG_LENGTH = 16;

export interface SealedPayload {
  readonly payload: Bytes;
  /** The key and the tag: what goes through each ratchet. */
  readonly keyAndTag: Bytes;
}

/** Messages that carry nothing but a step of the ratchet have zeros instead of a key. */
export const EMPTY_KEY: Bytes = new Uint8Array(KEY_LENGTH);

export async function sealPayload({ subtle, random }: Primitives, plaintext: Bytes): Promise<SealedPayload> {
  const key = random(KEY_LENGTH);
  const keys = sealingKeys(key, INFO);
  const payload = await encryptCbc(subtle, keys, plaintext);
  return { payload, keyAndTag: concatBytes(key, tagOf(keys, payload, TAG_LENGTH)) };
}

export async function openPayload({ subtle }: Primitives, { payload, keyAndTag }: SealedPayload): Promise<Bytes | undefined> {
  if (keyAndTag.length !== KEY_LENGTH + TAG_LENGTH) return undefined;
  const keys = sealingKeys(keyAndTag.subarray(0, KEY_LENGTH), INFO);
  return isTagOf(keys, payload, keyAndTag.subarray(KEY_LENGTH)) ? decryptCbc(subtle, keys, payload) : undefined;
}
