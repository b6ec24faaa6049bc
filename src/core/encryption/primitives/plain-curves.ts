// The curves in plain code, for browsers whose WebCrypto does not know them. Fetched only there.
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import type { Agreement, Signing } from './curves.ts';
import { readIdentityPublic } from './edwards.ts';
import { readSignature, type Agreed, type AgreementPublic, type IdentityPublic, type Signature } from './keys.ts';

export const plainAgreement: Agreement = {
  async agree(own, theirs) {
    try {
      return x25519.getSharedSecret(own, theirs) as Uint8Array as Agreed;
    } catch {
      return undefined;
    }
  },
  async publicOf(secret) {
    return x25519.getPublicKey(secret) as Uint8Array as AgreementPublic;
  },
};

export const plainSigning: Signing = {
  async identityOf(seed) {
    return ed25519.getPublicKey(seed) as Uint8Array as IdentityPublic;
  },
  async sign(seed, message) {
    return ed25519.sign(message, seed) as Uint8Array as Signature;
  },
  async verify(key, message, signature) {
    // It answers to bytes that are no key, but throws where they are too many or too few.
    const isOne = readIdentityPublic(key) !== undefined && readSignature(signature) !== undefined;
    return isOne && ed25519.verify(signature, message, key, { zip215: false });
  },
};
