// SHA-256 as OMEMO uses it. In one piece, not by WebCrypto: a message takes eight of these over a few bytes each, and what WebCrypto
// spends on coming and going is ten times the work.
import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

const utf8 = new TextEncoder();

export const hmacSha256 = (key: Uint8Array, data: Uint8Array): Uint8Array<ArrayBuffer> => own(hmac(sha256, key, data));

/** Several answers under one key, which is taken in once. */
export function hmacsSha256(key: Uint8Array, ...data: readonly Uint8Array[]): Uint8Array<ArrayBuffer>[] {
  const keyed = hmac.create(sha256, key);
  return data.map((one) => own(keyed.clone().update(one).digest()));
}

/** Without a salt it is zeros, as many as the hash is long (RFC 5869). */
export function hkdfSha256(material: Uint8Array, salt: Uint8Array | undefined, info: string, length: number): Uint8Array<ArrayBuffer> {
  return own(expand(sha256, extract(sha256, material, salt), utf8.encode(info), length));
}

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => bytes as Uint8Array<ArrayBuffer>;
