// The authenticator, asked by the page: workers have none. With a salt it answers 32 bytes, always the same (WebAuthn, extension `prf`).
import { fromBase64, toBase64 } from '../../base/base64.ts';

export interface MadePasskey {
  answer: number[];
  credential: string;
  salt: string;
}

/** `refused`: the person, or the browser for them, said no. `unsupported`: it cannot answer a salt. */
export type PasskeyTrouble = 'refused' | 'unsupported';

const ANSWER_LENGTH = 32;
/** A browser that finds no authenticator waits for one to be plugged in. */
const TIMEOUT_MS = 60_000;
/** P-256 and, for older keys, RSA. Nothing is ever verified by them. */
const ALGORITHMS = [-7, -257];

/** It is called what the page is called: the browser lists it under that name. */
export async function makePasskey(name: string): Promise<MadePasskey | PasskeyTrouble> {
  const salt = random(ANSWER_LENGTH);
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        timeout: TIMEOUT_MS,
        rp: { name },
        user: { id: random(16), name, displayName: name },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: 'public-key' })),
        authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  if (typeof made === 'string') return made;
  const { prf } = made.getClientExtensionResults();
  if (!prf?.enabled && !prf?.results) return 'unsupported';
  const passkey = { credential: toBase64(new Uint8Array(made.rawId)), salt: toBase64(salt) };
  // Many authenticators answer the salt only when they are asked the next time.
  const answer = prf.results ? bytesIn(prf.results.first) : await askPasskey(passkey);
  return typeof answer === 'string' ? answer : { ...passkey, answer };
}

export async function askPasskey({ credential, salt }: { credential: string; salt: string }): Promise<number[] | PasskeyTrouble> {
  const [id, first] = [fromBase64(credential), fromBase64(salt)];
  if (!id || !first) return 'unsupported';
  const found = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        timeout: TIMEOUT_MS,
        allowCredentials: [{ id, type: 'public-key' }],
        userVerification: 'required',
        extensions: { prf: { eval: { first } } },
      },
    }),
  );
  if (typeof found === 'string') return found;
  const results = found.getClientExtensionResults().prf?.results;
  return results ? bytesIn(results.first) : 'unsupported';
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential | PasskeyTrouble> {
  if (typeof globalThis.PublicKeyCredential !== 'function') return 'unsupported';
  try {
    const credential = await ask();
    return credential instanceof PublicKeyCredential ? credential : 'refused';
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotSupportedError' ? 'unsupported' : 'refused';
  }
}

function bytesIn(source: BufferSource): number[] | 'unsupported' {
  const bytes = ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
  return bytes.length === ANSWER_LENGTH ? [...bytes] : 'unsupported';
}

const random = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count));
