// The key exchange (X3DH): four agreements make the root of a session, so that both identities and a key used once are all in it.
import { concatBytes } from '../../../base/bytes.ts';
import { agreementOf } from '../primitives/edwards.ts';
import { mintPair, type Primitives } from '../primitives/curves.ts';
import { hkdfSha256 } from '../primitives/hashes.ts';
import type { Agreed, AgreementPublic, RootKey } from '../primitives/keys.ts';
import type { Dialect, KeyExchange } from '../wire/dialect.ts';
import { isSigned, type Bundle } from './bundle.ts';
import { findPreKey, findSigned, type OwnKeys, type PreKey, type SignedPreKey } from './own-keys.ts';

/** Before the agreements go 32 bytes that no key begins with. */
const BEFORE = new Uint8Array(32).fill(0xff);

export type Begun =
  | { readonly ok: true; readonly root: RootKey; readonly exchange: KeyExchange; readonly theirs: AgreementPublic }
  | { readonly ok: false; readonly why: 'not-signed' | 'no-prekeys' | 'bad-key' };

/** As the one who writes first: with one of their prekeys, chosen by chance so that two rarely take the same. */
export async function beginExchange(primitives: Primitives, dialect: Dialect, own: OwnKeys, bundle: Bundle): Promise<Begun> {
  const { curves } = primitives;
  const identity = agreementOf(bundle.identity);
  const preKey = oneOf(primitives, bundle.preKeys);
  if (!identity) return { ok: false, why: 'bad-key' };
  if (!preKey) return { ok: false, why: 'no-prekeys' };
  if (!(await isSigned(curves, dialect, bundle))) return { ok: false, why: 'not-signed' };
  const ephemeral = await mintPair(primitives);
  const root = rootOf(
    dialect,
    await Promise.all([
      curves.agree(own.identity.agreement, bundle.signed.key),
      curves.agree(ephemeral.secret, identity),
      curves.agree(ephemeral.secret, bundle.signed.key),
      curves.agree(ephemeral.secret, preKey.key),
    ]),
  );
  if (!root) return { ok: false, why: 'bad-key' };
  const ids = { preKeyId: preKey.id, signedPreKeyId: bundle.signed.id };
  return { ok: true, root, theirs: bundle.signed.key, exchange: { ...ids, identity: own.identity.public, ephemeral: ephemeral.public } };
}

export type Accepted =
  | { readonly ok: true; readonly root: RootKey; readonly signed: SignedPreKey; readonly preKey: PreKey }
  | { readonly ok: false; readonly why: 'unknown-prekey' | 'bad-key' };

/** As the one who is written to. Whether it really was their identity shows when the message inside opens. */
export async function acceptExchange({ curves }: Primitives, dialect: Dialect, own: OwnKeys, exchange: KeyExchange): Promise<Accepted> {
  const signed = findSigned(own, exchange.signedPreKeyId);
  const preKey = findPreKey(own, exchange.preKeyId);
  const identity = agreementOf(exchange.identity);
  if (!signed || !preKey) return { ok: false, why: 'unknown-prekey' };
  if (!identity) return { ok: false, why: 'bad-key' };
  const root = rootOf(
    dialect,
    await Promise.all([
      curves.agree(signed.pair.secret, identity),
      curves.agree(own.identity.agreement, exchange.ephemeral),
      curves.agree(signed.pair.secret, exchange.ephemeral),
      curves.agree(preKey.pair.secret, exchange.ephemeral),
    ]),
  );
  return root ? { ok: true, root, signed, preKey } : { ok: false, why: 'bad-key' };
}

function rootOf({ exchangeInfo }: Dialect, agreed: readonly (Agreed | undefined)[]): RootKey | undefined {
  const all = agreed.filter((one) => one !== undefined);
  return all.length < agreed.length ? undefined : (hkdfSha256(concatBytes(BEFORE, ...all), undefined, exchangeInfo, 32) as RootKey);
}

/** Undefined where there is none. Of at most a few hundred the bias is far below anything that could be seen. */
const oneOf = <T>({ random }: Primitives, choices: readonly T[]): T | undefined =>
  choices[new DataView(random(4).buffer).getUint32(0) % choices.length];
