// What a device publishes so that others can begin a session with it.
import type { Dialect } from '../wire/dialect.ts';
import type { Curves } from '../primitives/curves.ts';
import type { AgreementPublic, IdentityPublic, Signature } from '../primitives/keys.ts';
import type { OwnKeys } from './own-keys.ts';

export interface Bundle {
  readonly identity: IdentityPublic;
  readonly signed: { readonly id: number; readonly key: AgreementPublic; readonly signature: Signature };
  readonly preKeys: readonly { readonly id: number; readonly key: AgreementPublic }[];
}

export function bundleOf({ identity, signed, preKeys }: OwnKeys, { name }: Dialect): Bundle {
  const signature = name === 'legacy' ? signed.legacySignature : signed.signature;
  return {
    identity: identity.public,
    signed: { id: signed.id, key: signed.pair.public, signature },
    preKeys: preKeys.map(({ id, pair }) => ({ id, key: pair.public })),
  };
}

/** Whether the identity it names has signed it. */
export const isSigned = (curves: Curves, dialect: Dialect, { identity, signed }: Bundle): Promise<boolean> =>
  curves.verify(identity, dialect.encodeAgreement(signed.key), signed.signature);
