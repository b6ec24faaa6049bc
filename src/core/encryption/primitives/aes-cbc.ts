// AES-256-CBC with a tag by HMAC-SHA-256 cut to its first bytes: how OMEMO seals both a message and its key.
//
//   1. 80 bytes out of the key by HKDF: 32 to encrypt, 32 to authenticate, 16 to begin with
//   2. encrypt, with PKCS #7 padding
//   3. a tag over whatever the caller says, the ciphertext among it
import { isEqual } from '../../../base/bytes.ts';
import { hkdfSha256, hmacSha256 } from './hashes.ts';

const AES = 'AES-CBC';

export interface SealingKeys {
  readonly encryption: Uint8Array<ArrayBuffer>;
  readonly authentication: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
}

export function sealingKeys(key: Uint8Array, info: string): SealingKeys {
  const bytes = hkdfSha256(key, undefined, info, 80);
  return { encryption: bytes.slice(0, 32), authentication: bytes.slice(32, 64), iv: bytes.slice(64) };
}

export async function encryptCbc(
  subtle: SubtleCrypto,
  keys: SealingKeys,
  plaintext: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await subtle.importKey('raw', keys.encryption, AES, false, ['encrypt']);
  return new Uint8Array(await subtle.encrypt({ name: AES, iv: keys.iv }, key, plaintext));
}

/** Only after the tag was found right: otherwise the padding would answer an attacker's questions. */
export async function decryptCbc(
  subtle: SubtleCrypto,
  keys: SealingKeys,
  ciphertext: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const key = await subtle.importKey('raw', keys.encryption, AES, false, ['decrypt']);
  return subtle.decrypt({ name: AES, iv: keys.iv }, key, ciphertext).then(
    (plaintext) => new Uint8Array(plaintext),
    () => undefined,
  );
}

export const tagOf = (keys: SealingKeys, data: Uint8Array, length: number): Uint8Array<ArrayBuffer> =>
  hmacSha256(keys.authentication, data).slice(0, length);

export const isTagOf = (keys: SealingKeys, data: Uint8Array, tag: Uint8Array): boolean => isEqual(tagOf(keys, data, tag.length), tag);
