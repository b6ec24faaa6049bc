// Names that browsers show to anyone (workers, locks, channels, databases) carry a digest, never an AppID or an address.
// Worked out here and not by WebCrypto, which answers a turn later: a page names its core before it does anything else.

/** The first 128 bits of SHA-256 in hexadecimal; unlike lists of parts give unlike names. */
export function digestName(...parts: readonly string[]): string {
  return Array.from(sha256(utf8(JSON.stringify(parts))).subarray(0, 4), (word) => word.toString(16).padStart(8, '0')).join('');
}

/** JSON writes lone surrogates as escapes, so that this never throws. */
function utf8(text: string): number[] {
  const escaped = encodeURIComponent(text).replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Array.from(escaped, (letter) => letter.charCodeAt(0));
}

const PRIMES: number[] = [];
for (let number = 2; PRIMES.length < 64; number++) if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
/** The first 32 bits behind the point. */
const fraction = (number: number): number => ((number % 1) * 2 ** 32) >>> 0;

/** FIPS 180-4. Each word is 32 bits, unsigned. */
function sha256(bytes: readonly number[]): Uint32Array {
  const hash = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const words = padded(bytes);
  for (let at = 0; at < words.length; at += 16) mix(hash, words.subarray(at, at + 16));
  return hash;
}

/** A one, zeros to the end of a block, and the length in bits. */
function padded(bytes: readonly number[]): Uint32Array {
  const words = new Uint32Array((((bytes.length + 8) >> 6) + 1) << 4);
  for (const [at, byte] of [...bytes, 0x80].entries()) words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (24 - (at % 4) * 8));
  words[words.length - 1] = bytes.length * 8;
  return words;
}

const ROUNDS = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function mix(hash: Uint32Array, block: Uint32Array): void {
  const w = new Uint32Array(64);
  w.set(block);
  let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const at = (back: number): number => w[i - back] ?? 0;
    if (i > 15) {
      const low = turn(at(15), 7) ^ turn(at(15), 18) ^ (at(15) >>> 3);
      const high = turn(at(2), 17) ^ turn(at(2), 19) ^ (at(2) >>> 10);
      w[i] = at(16) + low + at(7) + high;
    }
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (ROUNDS[i] ?? 0) + at(0);
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) hash[at] = (hash[at] ?? 0) + value;
}
