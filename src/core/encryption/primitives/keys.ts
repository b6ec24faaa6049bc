// Keys by what they are for. All of them are bytes; a type each keeps one from being taken for another.

declare const purpose: unique symbol;
type Key<Purpose extends string> = Uint8Array<ArrayBuffer> & { readonly [purpose]: Purpose };

/** X25519: the secret half, the half that is sent about, and what two of them make. */
export type AgreementSecret = Key<'agreement secret'>;
export type AgreementPublic = Key<'agreement public'>;
export type Agreed = Key<'agreed'>;

/** Ed25519: what a device is known by. Its public half never has the sign bit set, so that either curve's form tells the other. */
export type IdentitySeed = Key<'identity seed'>;
export type IdentityPublic = Key<'identity public'>;
export type Signature = Key<'signature'>;

/** The ratchet's: the root of all chains, what moves a chain on, what seals one message. */
export type RootKey = Key<'root'>;
export type ChainKey = Key<'chain'>;
export type MessageKey = Key<'message'>;

export interface AgreementPair {
  readonly secret: AgreementSecret;
  readonly public: AgreementPublic;
}

export const KEY_LENGTH = 32;
export const SIGNATURE_LENGTH = 64;

/**
 * Where bytes from outside become a key: undefined unless they are as many as such a key has. X25519 would take several bytes for the same
 * key, and whoever passes a message on could make two sessions of one: only the least of them is one.
 */
export const readAgreementPublic = (bytes: Uint8Array | undefined): AgreementPublic | undefined =>
  isLong(bytes, KEY_LENGTH) && isBelowPrime(bytes) ? (bytes as AgreementPublic) : undefined;

export const readSignature = (bytes: Uint8Array | undefined): Signature | undefined =>
  isLong(bytes, SIGNATURE_LENGTH) ? (bytes as Signature) : undefined;

/** Below 2^255 - 19. */
function isBelowPrime(bytes: Uint8Array): boolean {
  const [lowest, highest] = [bytes[0]!, bytes[KEY_LENGTH - 1]!];
  return highest < 0x7f || (highest === 0x7f && (lowest < 0xed || bytes.subarray(1, KEY_LENGTH - 1).some((byte) => byte !== 0xff)));
}

export const isLong = (bytes: Uint8Array | undefined, length: number): bytes is Uint8Array<ArrayBuffer> => bytes?.length === length;
