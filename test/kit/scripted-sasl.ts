// The engine's side of a sign-in, by Node's own crypto: it shares no line with what it tests.
import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

export interface SaslServer {
  mechanism: string;
  /** What to say to the client's word: one more challenge, a yes with its proof, or the condition of a no. */
  hear(data: Buffer): { challenge: string } | { success: string } | { failure: string };
}

export interface ScramAccount {
  user: string;
  password: string;
  salt: string;
  iterations: number;
}

export function scramServer(mechanism: string, account: ScramAccount, flaws: { nonce?: string; signature?: string } = {}): SaslServer {
  const hash = mechanism.slice('SCRAM-'.length).replace('-', '').toLowerCase();
  const size = createHash(hash).digest().length;
  const hmac = (key: Buffer, text: string): Buffer => createHmac(hash, key).update(text).digest();
  const salted = pbkdf2Sync(account.password, Buffer.from(account.salt, 'base64'), account.iterations, size, hash);
  let bare = '';
  let first = '';
  return {
    mechanism,
    hear(data) {
      const text = data.toString();
      if (!first) {
        bare = text.slice('n,,'.length);
        if (!bare.startsWith(`n=${account.user},`)) return { failure: 'not-authorized' };
        first = `r=${flaws.nonce ?? `${/r=(.*)/.exec(bare)?.[1]}server`},s=${account.salt},i=${account.iterations}`;
        return { challenge: first };
      }
      const [withoutProof = '', proof = ''] = text.split(',p=');
      const messages = `${bare},${first},${withoutProof}`;
      const clientKey = hmac(salted, 'Client Key');
      const expected = hmac(createHash(hash).update(clientKey).digest(), messages).map((byte, i) => byte ^ (clientKey[i] ?? 0));
      const said = Buffer.from(proof, 'base64');
      if (said.length !== size || !timingSafeEqual(said, Buffer.from(expected))) return { failure: 'not-authorized' };
      return { success: flaws.signature ?? `v=${hmac(hmac(salted, 'Server Key'), messages).toString('base64')}` };
    },
  };
}

export function plainServer(user: string, password: string): SaslServer {
  return {
    mechanism: 'PLAIN',
    hear: (data) => (data.toString() === `\0${user}\0${password}` ? { success: '' } : { failure: 'not-authorized' }),
  };
}

export function tokenServer(user: string, token: string | undefined, flaws: { signature?: string } = {}): SaslServer {
  const say = (word: string): Buffer =>
    createHmac('sha256', token ?? '')
      .update(word)
      .digest();
  return {
    mechanism: 'HT-SHA-256-NONE',
    hear(data) {
      const isRight = token !== undefined && data.equals(Buffer.concat([Buffer.from(`${user}\0`), say('Initiator')]));
      return isRight ? { success: flaws.signature ?? say('Responder').toString('latin1') } : { failure: 'credentials-expired' };
    },
  };
}
