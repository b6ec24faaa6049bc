// The curves by WebCrypto: seven times as fast as plain code, and in constant time.
import type { Agreement, Signing } from './curves.ts';
import { readIdentityPublic } from './edwards.ts';
import { KEY_LENGTH, readSignature, type Agreed, type AgreementPublic, type IdentityPublic, type Signature } from './keys.ts';
import { concatBytes } from '../../../base/bytes.ts';

/** PKCS #8 around a bare secret of 32 bytes: the only form in which one can be handed in. */
const pkcs8 = (lastOfOid: number): Uint8Array => Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, lastOfOid, 4, 0x22, 4, 0x20);
const X25519_SECRET = pkcs8(0x6e);
const ED25519_SEED = pkcs8(0x70);

const BASE_POINT = new Uint8Array(KEY_LENGTH).fill(9, 0, 1) as AgreementPublic;
const X25519 = 'X25519';
const ED25519 = 'Ed25519';

export function webAgreement(subtle: SubtleCrypto): Agreement {
  const agree: Agreement['agree'] = async (own, theirs) => {
    const [secret, other] = await Promise.all([
      subtle.importKey('pkcs8', concatBytes(X25519_SECRET, withLowBit(own)), X25519, false, ['deriveBits']),
      subtle.importKey('raw', theirs, X25519, false, []),
    ]);
    // It refuses a result of nothing but zeros by itself; not every browser always did.
    const bits = await subtle.deriveBits({ name: X25519, public: other }, secret, 256).catch(() => undefined);
    const agreed = bits && new Uint8Array(bits);
    return agreed?.some((byte) => byte !== 0) ? (agreed as Agreed) : undefined;
  };
  return {
    agree,
    async publicOf(secret) {
      return (await agree(secret, BASE_POINT)) as Uint8Array as AgreementPublic;
    },
  };
}

/**
 * WebKitGTK 2.50 takes in no secret whose first byte is zero, which is one in 256. The curve does not look at the lowest three bits, so one of
 * them may as well be set.
 */
const withLowBit = (secret: Uint8Array): Uint8Array => secret.with(0, secret[0]! | 1);

export function webSigning(subtle: SubtleCrypto): Signing {
  const importSeed = (seed: Uint8Array, extractable: boolean): Promise<CryptoKey> =>
    subtle.importKey('pkcs8', concatBytes(ED25519_SEED, seed), ED25519, extractable, ['sign']);
  return {
    async identityOf(seed) {
      const { x = '' } = await subtle.exportKey('jwk', await importSeed(seed, true));
      return Uint8Array.from(atob(x.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0)) as IdentityPublic;
    },
    async sign(seed, message) {
      return new Uint8Array(await subtle.sign(ED25519, await importSeed(seed, false), message)) as Signature;
    },
    async verify(key, message, signature) {
      // Not every browser refuses points of small order, for which anybody can sign, and keys beyond the prime.
      if (!readIdentityPublic(key) || !readSignature(signature)) return false;
      const imported = subtle.importKey('raw', key, ED25519, false, ['verify']);
      return imported.then((known) => subtle.verify(ED25519, known, signature, message)).catch(() => false);
    },
  };
}
