// A bundle as legacy OMEMO publishes it: each key with the byte of its curve, the identity in X25519's form.
import { encodeIdentity, LEGACY, readLegacyIdentity, readLegacyKey } from '../wire/legacy.ts';
import { readPublished, type Bundle, type PublishedKeys } from '../exchange/bundle.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface LegacyKeys extends PublishedKeys {
  readonly identity: Bytes;
  readonly signed: { readonly id: number; readonly key: Bytes; readonly signature: Bytes };
  readonly preKeys: readonly { readonly id: number; readonly key: Bytes }[];
}

export const legacyKeysOf = ({ identity, signed, preKeys }: Bundle): LegacyKeys => ({
  identity: encodeIdentity(identity),
  signed: { ...signed, key: LEGACY.encodeAgreement(signed.key) },
  preKeys: preKeys.map(({ id, key }) => ({ id, key: LEGACY.encodeAgreement(key) })),
});

export const readLegacyKeys = (published: PublishedKeys): Bundle | undefined =>
  readPublished(published, { readIdentity: readLegacyIdentity, readAgreement: readLegacyKey });
