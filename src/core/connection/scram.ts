// SCRAM (RFC 5802, RFC 7677) by WebCrypto: prove the password without saying it, and have the engine prove that it knew it.
//
//   1. client first    n,,n=<name>,r=<nonce>
//   2. server first    r=<nonce><more>,s=<salt>,i=<iterations>
//   3. client final    c=biws,r=<nonce><more>,p=<proof>
//   4. server final    v=<signature>
import { fromBase64, toBase64 } from '../../base/base64.ts';
import { isEqual } from '../../base/bytes.ts';
import { toBytes } from '../utf8.ts';

export const SCRAM_MECHANISMS = ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'SCRAM-SHA-1'] as const;
export type ScramMechanism = (typeof SCRAM_MECHANISMS)[number];

export const isScram = (mechanism: string): mechanism is ScramMechanism => (SCRAM_MECHANISMS as readonly string[]).includes(mechanism);

/** Derived from the password for one salt. They sign in like it, but only here. */
export interface ScramKeys {
  mechanism: string;
  salt: string;
  iterations: number;
  clientKey: Uint8Array;
  serverKey: Uint8Array;
}

export interface ServerFirst {
  nonce: string;
  salt: string;
  iterations: number;
}

/** Fewer would be cheap to guess from; more than the ceiling would hang the device of whoever dials the wrong service. */
export const FEWEST_ITERATIONS = 4096;
export const MOST_ITERATIONS = 10_000_000;

const GS2_HEADER = 'n,,';

export const writeClientFirst = (name: string, nonce: string): string => GS2_HEADER + bareClientFirst(name, nonce);

const bareClientFirst = (name: string, nonce: string): string => `n=${name.replace(/=/g, '=3D').replace(/,/g, '=2C')},r=${nonce}`;

/** Undefined where the engine does not build upon our nonce, or asks for a work we refuse. */
export function readServerFirst(text: string, clientNonce: string): ServerFirst | undefined {
  const parts = /^r=([\x21-\x2b\x2d-\x7e]+),s=([A-Za-z0-9+/]+={0,2}),i=([1-9]\d{0,9})(?:,[A-Za-z]=[^,]*)*$/.exec(text);
  const [, nonce = '', salt = '', count = ''] = parts ?? [];
  const iterations = Number(count);
  const isOurs = nonce.startsWith(clientNonce) && nonce.length > clientNonce.length;
  if (!isOurs || !fromBase64(salt) || iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) return undefined;
  return { nonce, salt, iterations };
}

export async function deriveKeys(
  subtle: SubtleCrypto,
  mechanism: ScramMechanism,
  password: string,
  first: ServerFirst,
): Promise<ScramKeys> {
  const salt = fromBase64(first.salt) ?? new Uint8Array();
  const base = await subtle.importKey('raw', toBytes(password), 'PBKDF2', false, ['deriveBits']);
  const hash = hashOf(mechanism);
  const bits = await subtle.deriveBits({ name: 'PBKDF2', hash, salt, iterations: first.iterations }, base, digestBits(hash));
  const salted = new Uint8Array(bits);
  const [clientKey, serverKey] = await Promise.all([
    sign(subtle, hash, salted, toBytes('Client Key')),
    sign(subtle, hash, salted, toBytes('Server Key')),
  ]);
  return { mechanism, salt: first.salt, iterations: first.iterations, clientKey, serverKey };
}

export interface Proof {
  clientFinal: string;
  /** What the engine must answer. */
  signature: Uint8Array;
}

export async function prove(
  subtle: SubtleCrypto,
  keys: ScramKeys,
  exchange: { name: string; clientNonce: string; serverFirst: string; nonce: string },
): Promise<Proof> {
  const hash = hashOf(keys.mechanism);
  const withoutProof = `c=${btoa(GS2_HEADER)},r=${exchange.nonce}`;
  const messages = toBytes(`${bareClientFirst(exchange.name, exchange.clientNonce)},${exchange.serverFirst},${withoutProof}`);
  const storedKey = new Uint8Array(await subtle.digest(hash, new Uint8Array(keys.clientKey)));
  const [clientSignature, signature] = await Promise.all([
    sign(subtle, hash, storedKey, messages),
    sign(subtle, hash, keys.serverKey, messages),
  ]);
  const proof = clientSignature.map((byte, i) => byte ^ (keys.clientKey[i] ?? 0));
  return { clientFinal: `${withoutProof},p=${toBase64(proof)}`, signature };
}

export function isProven(serverFinal: string, signature: Uint8Array): boolean {
  const said = /^v=([^,]+)(?:,.*)?$/.exec(serverFinal)?.[1];
  const bytes = said === undefined ? undefined : fromBase64(said);
  return bytes !== undefined && isEqual(signature, bytes);
}

async function sign(subtle: SubtleCrypto, hash: string, key: Uint8Array, data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await subtle.importKey('raw', new Uint8Array(key), { name: 'HMAC', hash }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', imported, data));
}

const hashOf = (mechanism: string): string => mechanism.slice('SCRAM-'.length);

const digestBits = (hash: string): number => (hash === 'SHA-1' ? 160 : Number(hash.slice('SHA-'.length)));
