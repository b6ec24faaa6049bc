// One go at signing in by one mechanism: what to say first, what to answer, whether the engine proved itself.
import type { Failure } from '../../model/failure.ts';
import type { World } from '../ports.ts';
import { fromBase64, toBase64 } from '../../base/base64.ts';
import { isEqual } from '../../base/bytes.ts';
import { toBytes, toText } from '../utf8.ts';
import { prepare } from './saslprep.ts';
import { deriveKeys, isProven, prove, readServerFirst, writeClientFirst, type ScramKeys, type ScramMechanism } from './scram.ts';
import { Trouble } from './trouble.ts';

export interface SaslClient {
  readonly mechanism: string;
  /** Base64, as all that follows. */
  initial(): Promise<string>;
  answer(challenge: string): Promise<string>;
  /** Whether the data that came with the success is what only the right engine could know. */
  isProven(data: string): boolean;
  /** The keys that signed in, once they did. */
  keys?(): ScramKeys | undefined;
}

/** Signs in with the password, or with the keys of an earlier time if they are for the same salt. */
export function scramClient(
  world: Pick<World, 'random' | 'subtle'>,
  mechanism: ScramMechanism,
  user: string,
  service: string,
  secret: { password?: string | undefined; keys?: ScramKeys | undefined },
): SaslClient {
  const clientNonce = toBase64(world.random(24));
  const unproven: Failure = { kind: 'service-unsuitable', service, why: 'not-proven' };
  const name = prepare(user) ?? user;
  let keys: ScramKeys | undefined;
  let signature: Uint8Array | undefined;
  return {
    mechanism,
    initial: async () => toBase64(toBytes(writeClientFirst(name, clientNonce))),
    answer: async (challenge) => {
      const serverFirst = decode(challenge);
      const first = serverFirst === undefined ? undefined : readServerFirst(serverFirst, clientNonce);
      if (!first || serverFirst === undefined) throw new Trouble(unproven);
      const { salt, iterations } = first;
      const known = secret.keys?.salt === salt && secret.keys.iterations === iterations ? secret.keys : undefined;
      const password = secret.password === undefined ? undefined : prepare(secret.password);
      if (!known && password === undefined) throw new Trouble({ kind: 'wrong-credentials' });
      keys = known ?? (await deriveKeys(world.subtle, mechanism, password ?? '', first));
      const proof = await prove(world.subtle, keys, { name, clientNonce, serverFirst, nonce: first.nonce });
      signature = proof.signature;
      return toBase64(toBytes(proof.clientFinal));
    },
    isProven: (data) => signature !== undefined && isProven(decode(data) ?? '', signature),
    keys: () => keys,
  };
}

/** The password itself, on behalf of nobody else. */
export function plainClient(user: string, password: string): SaslClient {
  return {
    mechanism: 'PLAIN',
    initial: async () => toBase64(toBytes(`\0${user}\0${password}`)),
    answer: async () => '',
    isProven: () => true,
  };
}

/** A token instead of a password (XEP-0484): both sides show that they know it, each with its own word. */
export function tokenClient(subtle: SubtleCrypto, mechanism: string, user: string, token: string): SaslClient {
  let responder: Uint8Array | undefined;
  return {
    mechanism,
    initial: async () => {
      const key = await subtle.importKey('raw', toBytes(token), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
      const [mine, theirs] = await Promise.all(['Initiator', 'Responder'].map((word) => subtle.sign('HMAC', key, toBytes(word))));
      responder = new Uint8Array(theirs as ArrayBuffer);
      return toBase64(Uint8Array.from([...toBytes(`${user}\0`), ...new Uint8Array(mine as ArrayBuffer)]));
    },
    answer: async () => '',
    isProven: (data) => {
      const said = fromBase64(data);
      return responder !== undefined && said !== undefined && isEqual(responder, said);
    },
  };
}

function decode(base64: string): string | undefined {
  const bytes = fromBase64(base64);
  return bytes && toText(bytes);
}
