// Files as legacy OMEMO sends them: words that are an address of our own scheme, with nonce and key behind it ("OMEMO media sharing"). Only read.
import type { FileLocation } from './file-sharing.ts';

/** A nonce of 12 bytes, or of 16 in older programs, then a key of 32. */
const LINK = /^aesgcm:\/\/([^\s#]{1,2000})#([0-9a-f]{24}|[0-9a-f]{32})([0-9a-f]{64})$/i;

/** Undefined for other words. Behind the first line some write a picture, which is nothing to us. */
export function readEncryptedLink(body: string): FileLocation | undefined {
  const [first = ''] = body.split('\n', 1);
  const [, place, iv, key] = LINK.exec(first.trim()) ?? [];
  return place && iv && key ? { url: `https://${place}`, cipher: { key: bytesOf(key), iv: bytesOf(iv) } } : undefined;
}

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
