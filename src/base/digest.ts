// Names that browsers show to anyone (workers, locks, channels, databases) carry a digest, never an AppID or an address.

/** As much of WebCrypto as a digest needs. */
export interface Hasher {
  digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
}

/** The first 128 bits of SHA-256 in hexadecimal; unlike lists of parts give unlike names. */
export async function digestName(hasher: Hasher, ...parts: readonly string[]): Promise<string> {
  const digest = await hasher.digest('SHA-256', utf8(JSON.stringify(parts)));
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** JSON writes lone surrogates as escapes, so that this never throws. */
function utf8(text: string): Uint8Array<ArrayBuffer> {
  const escaped = encodeURIComponent(text).replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Uint8Array.from(escaped, (letter) => letter.charCodeAt(0));
}
