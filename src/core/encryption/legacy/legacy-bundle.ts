// A bundle as legacy OMEMO publishes it: each key with the byte of its curve, the identity in X25519's form.
import { readSignature } from '../primitives/keys.ts';
import { encodeIdentity, LEGACY, readLegacyIdentity, readLegacyKey } from '../wire/legacy.ts';
import type { Bundle, PublishedKeys } from '../exchange/bundle.ts';

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

export function readLegacyKeys({ identity, signed, preKeys }: PublishedKeys): Bundle | undefined {
  const known = readLegacyIdentity(identity);
  const key = readLegacyKey(signed.key);
  const signature = readSignature(signed.signature);
  if (!known || !key || !signature) return undefined;
  return {
    identity: known,
    signed: { id: signed.id, key, signature },
    preKeys: preKeys.flatMap((one) => {
      const preKey = readLegacyKey(one.key);
      return preKey ? [{ id: one.id, key: preKey }] : [];
    }),
  };
}
