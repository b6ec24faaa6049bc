// What a message of legacy OMEMO says: AES-128-GCM, whose tag does not bind the key. That is one reason for its label.
import { concatBytes } from '../../../base/bytes.ts';
import type { Primitives } from '../primitives/curves.ts';
import type { SealedPayload } from '../payload.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const KEY_LENGTH = 16;
const TAG_LENGTH = 16;
const IV_LENGTH = 12;
const AES = 'AES-GCM';

export interface SealedLegacyPayload extends SealedPayload {
  readonly iv: Bytes;
}

export async function sealLegacyPayload({ subtle, random }: Primitives, plaintext: Bytes): Promise<SealedLegacyPayload> {
  const key = random(KEY_LENGTH);
  const iv = random(IV_LENGTH);
  const imported = await subtle.importKey('raw', key, AES, false, ['encrypt']);
  const sealed = new Uint8Array(await subtle.encrypt({ name: AES, iv }, imported, plaintext));
  return { iv, payload: sealed.slice(0, -TAG_LENGTH), keyAndTag: concatBytes(key, sealed.slice(-TAG_LENGTH)) };
}

/** Some once wrote the tag behind the payload instead of behind the key: not read any more, nor are keys of another length. */
export async function openLegacyPayload(
  { subtle }: Primitives,
  { iv, payload, keyAndTag }: SealedLegacyPayload,
): Promise<Bytes | undefined> {
  if (keyAndTag.length !== KEY_LENGTH + TAG_LENGTH || iv.length === 0) return undefined;
  const key = await subtle.importKey('raw', keyAndTag.slice(0, KEY_LENGTH), AES, false, ['decrypt']);
  return subtle.decrypt({ name: AES, iv }, key, concatBytes(payload, keyAndTag.subarray(KEY_LENGTH))).then(
    (plaintext) => new Uint8Array(plaintext),
    () => undefined,
  );
}
