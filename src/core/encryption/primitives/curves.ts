// What is asked of the two curves. WebCrypto does it where it can (`web-curves`), plain code where it cannot (`plain-curves`).
import type { Agreed, AgreementPair, AgreementPublic, AgreementSecret, IdentityPublic, IdentitySeed, Signature } from './keys.ts';

export interface Agreement {
  /** Undefined for a key of theirs that would make the same known secret with everybody's. */
  agree(own: AgreementSecret, theirs: AgreementPublic): Promise<Agreed | undefined>;
  publicOf(secret: AgreementSecret): Promise<AgreementPublic>;
}

export interface Signing {
  identityOf(seed: IdentitySeed): Promise<IdentityPublic>;
  sign(seed: IdentitySeed, message: Uint8Array<ArrayBuffer>): Promise<Signature>;
  verify(key: IdentityPublic, message: Uint8Array<ArrayBuffer>, signature: Signature): Promise<boolean>;
}

export interface Curves extends Agreement, Signing {}

export type Random = (byteCount: number) => Uint8Array<ArrayBuffer>;

/** All that encryption needs of the world. */
export interface Primitives {
  readonly curves: Curves;
  /** For AES alone: tables in plain code would betray keys by their timing. */
  readonly subtle: SubtleCrypto;
  random: Random;
}

export async function mintPair({ curves, random }: Primitives): Promise<AgreementPair> {
  const secret = random(32) as AgreementSecret;
  return { secret, public: await curves.publicOf(secret) };
}
