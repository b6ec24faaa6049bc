// What a device publishes so that others can begin a session with it.
import type { Dialect } from '../wire/dialect.ts';
import type { Curves } from '../primitives/curves.ts';
import { readIdentityPublic } from '../primitives/edwards.ts';
import { readAgreementPublic, readSignature, type AgreementPublic, type IdentityPublic, type Signature } from '../primitives/keys.ts';
import type { OwnKeys } from './own-keys.ts';

export interface Bundle {
  readonly identity: IdentityPublic;
  readonly signed: { readonly id: number; readonly key: AgreementPublic; readonly signature: Signature };
  readonly preKeys: readonly { readonly id: number; readonly key: AgreementPublic }[];
}

export function bundleOf({ identity, signed, preKeys }: OwnKeys): Bundle {
  return {
    identity: identity.public,
    signed: { id: signed.id, key: signed.pair.public, signature: signed.signature },
    preKeys: preKeys.map(({ id, pair }) => ({ id, key: pair.public })),
  };
}

/** As it comes from outside: nothing is known of its bytes yet. */
export interface PublishedKeys {
  readonly identity: Uint8Array;
  readonly signed: { readonly id: number; readonly key: Uint8Array; readonly signature: Uint8Array };
  readonly preKeys: readonly { readonly id: number; readonly key: Uint8Array }[];
}

/** How a method writes its keys. */
export interface KeyForms {
  readIdentity(bytes: Uint8Array): IdentityPublic | undefined;
  readAgreement(bytes: Uint8Array): AgreementPublic | undefined;
}

const AS_THEY_ARE: KeyForms = { readIdentity: readIdentityPublic, readAgreement: readAgreementPublic };

/** Others publish a hundred. As many as a frame holds would be held for each device of everybody. */
const MOST_PREKEYS = 200;

/** Undefined when one of its parts cannot be a key; prekeys that cannot be one are left out. */
export function readPublished({ identity, signed, preKeys }: PublishedKeys, forms: KeyForms = AS_THEY_ARE): Bundle | undefined {
  const known = forms.readIdentity(identity);
  const key = forms.readAgreement(signed.key);
  const signature = readSignature(signed.signature);
  if (!known || !key || !signature) return undefined;
  return {
    identity: known,
    signed: { id: signed.id, key, signature },
    preKeys: preKeys.slice(0, MOST_PREKEYS).flatMap((one) => {
      const preKey = forms.readAgreement(one.key);
      return preKey ? [{ id: one.id, key: preKey }] : [];
    }),
  };
}

/** Whether the identity it names has signed it. */
export async function isSigned(curves: Curves, dialect: Dialect, { identity, signed }: Bundle): Promise<boolean> {
  const { key, signature } = dialect.signer(identity, signed.signature);
  return curves.verify(key, dialect.encodeAgreement(signed.key), signature);
}
