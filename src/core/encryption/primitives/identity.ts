// The identity of a device, for all its life: minted as Ed25519, which signs, and agrees in its X25519 form.
import { isNegative } from './edwards.ts';
import type { Primitives } from './curves.ts';
import { KEY_LENGTH, type AgreementSecret, type IdentityPublic, type IdentitySeed } from './keys.ts';

export interface Identity {
  readonly seed: IdentitySeed;
  readonly public: IdentityPublic;
  /** The same secret as X25519 knows it. */
  readonly agreement: AgreementSecret;
}

/** Again and again until the sign bit is clear, which is every second time. X25519's form of the key then leads back to exactly this one. */
export async function mintIdentity({ curves, subtle, random }: Primitives): Promise<Identity> {
  for (;;) {
    const seed = random(KEY_LENGTH) as IdentitySeed;
    const identity = await curves.identityOf(seed);
    if (isNegative(identity)) continue;
    const digest = await subtle.digest('SHA-512', seed);
    return { seed, public: identity, agreement: new Uint8Array(digest.slice(0, KEY_LENGTH)) as AgreementSecret };
  }
}
