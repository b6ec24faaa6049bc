// What encryption needs of the world, in Node: chance that can be repeated, and Node's own cryptography called directly, which tells the
// same as WebCrypto at a tenth of the time. WebCrypto itself and the plain curves have tests of their own.
import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Curves, Primitives } from '../../../src/core/encryption/primitives/curves.ts';
import { chance, type Chance } from '../random.ts';

/** Taking a key in costs as much as using it, and a ratchet uses each a few times. */
const known = new Map<string, KeyObject>();

function secret(kind: 'X25519' | 'Ed25519', bytes: Uint8Array): KeyObject {
  const name = `${kind} ${hex(bytes)}`;
  const key = known.get(name) ?? createPrivateKey({ key: pkcs8(kind, bytes), format: 'der', type: 'pkcs8' });
  if (known.size > 2000) known.clear();
  known.set(name, key);
  return key;
}

const pkcs8 = (kind: 'X25519' | 'Ed25519', bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`302e020100300506032b65${kind === 'X25519' ? '6e' : '70'}04220420`, 'hex'), bytes]);

const open = (kind: 'X25519' | 'Ed25519', bytes: Uint8Array): KeyObject =>
  createPublicKey({
    key: Buffer.concat([Buffer.from(`302a300506032b65${kind === 'X25519' ? '6e' : '70'}032100`, 'hex'), bytes]),
    format: 'der',
    type: 'spki',
  });

const publicOf = (kind: 'X25519' | 'Ed25519', bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(createPublicKey(secret(kind, bytes)).export({ format: 'der', type: 'spki' }).subarray(-32));

export const nodeCurves = {
  async agree(own: Uint8Array, theirs: Uint8Array) {
    try {
      return Uint8Array.from(diffieHellman({ privateKey: secret('X25519', own), publicKey: open('X25519', theirs) }));
    } catch {
      return undefined;
    }
  },
  publicOf: async (own: Uint8Array) => publicOf('X25519', own),
  identityOf: async (seed: Uint8Array) => publicOf('Ed25519', seed),
  sign: async (seed: Uint8Array, message: Uint8Array) => Uint8Array.from(sign(null, message, secret('Ed25519', seed))),
  verify: async (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => verify(null, message, open('Ed25519', key), signature),
} as unknown as Curves;

const nodeSubtle = {
  importKey: async (_form: string, bytes: Uint8Array) => bytes,
  async encrypt({ iv }: AesCbcParams, key: Uint8Array, plaintext: Uint8Array) {
    const cipher = createCipheriv('aes-256-cbc', key, iv as Uint8Array);
    return Uint8Array.from(Buffer.concat([cipher.update(plaintext), cipher.final()])).buffer;
  },
  async decrypt({ iv }: AesCbcParams, key: Uint8Array, ciphertext: Uint8Array) {
    const cipher = createDecipheriv('aes-256-cbc', key, iv as Uint8Array);
    return Uint8Array.from(Buffer.concat([cipher.update(ciphertext), cipher.final()])).buffer;
  },
  digest: (name: string, bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.digest(name, bytes),
} as unknown as SubtleCrypto;

/** The same seed mints the same keys. */
export function primitivesBy(source: Chance): Primitives {
  return { curves: nodeCurves, subtle: nodeSubtle, random: (count) => Uint8Array.from({ length: count }, () => source.below(256)) };
}

export const primitives = (seed: number): Primitives => primitivesBy(chance(seed));

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
