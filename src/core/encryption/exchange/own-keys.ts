// The keys of this device that others begin sessions with: one signed and replaced now and then, many to be used once.
//
// A prekey that was used is published no more, and kept hidden for a while: two people may have taken the same one, and the archive brings
// late who was second.
import type { Dialect } from '../wire/dialect.ts';
import { OMEMO_2 } from '../wire/omemo-2.ts';
import { mintPair, type Primitives } from '../primitives/curves.ts';
import { mintIdentity, type Identity } from '../primitives/identity.ts';
import type { AgreementPair, Signature } from '../primitives/keys.ts';

export interface OwnKeys {
  readonly deviceId: number;
  readonly identity: Identity;
  readonly signed: SignedPreKey;
  /** The one before, for messages that were under way. */
  readonly formerSigned?: SignedPreKey;
  readonly preKeys: readonly PreKey[];
  readonly hidden: readonly UsedPreKey[];
  readonly nextId: number;
}

export interface PreKey {
  readonly id: number;
  readonly pair: AgreementPair;
}

export interface UsedPreKey extends PreKey {
  readonly usedAt?: number;
}

export interface SignedPreKey extends PreKey {
  /** Over the key as its method writes it. */
  readonly signature: Signature;
  readonly madeAt: number;
}

type Signing = Pick<Dialect, 'encodeAgreement'>;

export const PREKEYS_WANTED = 100;
/** Below this the bundle is filled up again. It must never hold fewer than 25. */
export const PREKEYS_LEAST = 60;
const ROTATION_MS = 14 * 24 * 3_600_000;
/** Device ids and key ids are positive numbers of 31 bits. */
const LARGEST_ID = 2 ** 31 - 1;

export async function mintOwnKeys(
  primitives: Primitives,
  now: number,
  isTaken: (deviceId: number) => boolean = () => false,
  dialect: Signing = OMEMO_2,
): Promise<OwnKeys> {
  const identity = await mintIdentity(primitives);
  const signed = await signPreKey(primitives, dialect, identity, 1, now);
  return fillUp(primitives, { deviceId: mintId(primitives, isTaken), identity, signed, preKeys: [], hidden: [], nextId: 1 });
}

function mintId({ random }: Primitives, isTaken: (id: number) => boolean): number {
  for (;;) {
    const id = new DataView(random(4).buffer).getUint32(0) & LARGEST_ID;
    if (id > 0 && !isTaken(id)) return id;
  }
}

async function signPreKey(primitives: Primitives, dialect: Signing, { seed }: Identity, id: number, madeAt: number): Promise<SignedPreKey> {
  const pair = await mintPair(primitives);
  return { id, pair, signature: await primitives.curves.sign(seed, dialect.encodeAgreement(pair.public)), madeAt };
}

/** Ids are not used again before they have all been used. */
export async function fillUp(primitives: Primitives, keys: OwnKeys): Promise<OwnKeys> {
  const missing = PREKEYS_WANTED - keys.preKeys.length;
  if (missing <= 0) return keys;
  const made = await Promise.all(
    Array.from({ length: missing }, async (_, at) => ({ id: ((keys.nextId - 1 + at) % LARGEST_ID) + 1, pair: await mintPair(primitives) })),
  );
  return { ...keys, preKeys: [...keys.preKeys, ...made], nextId: ((keys.nextId - 1 + missing) % LARGEST_ID) + 1 };
}

export const isRotationDue = (keys: OwnKeys, now: number): boolean => Math.abs(now - keys.signed.madeAt) >= ROTATION_MS;

export async function rotateSigned(primitives: Primitives, keys: OwnKeys, now: number, dialect: Signing = OMEMO_2): Promise<OwnKeys> {
  const signed = await signPreKey(primitives, dialect, keys.identity, (keys.signed.id % LARGEST_ID) + 1, now);
  return { ...keys, signed, formerSigned: keys.signed };
}

export const findPreKey = (keys: OwnKeys, id: number): PreKey | undefined => [...keys.preKeys, ...keys.hidden].find((one) => one.id === id);

export const findSigned = (keys: OwnKeys, id: number): SignedPreKey | undefined =>
  [keys.signed, keys.formerSigned].find((one) => one?.id === id);

/** It is published no more. */
export function withPreKeyUsed(keys: OwnKeys, id: number): OwnKeys {
  const used = keys.preKeys.filter((one) => one.id === id);
  return { ...keys, preKeys: keys.preKeys.filter((one) => !used.includes(one)), hidden: [...keys.hidden, ...used] };
}

/** When each was used, where that is not known yet. */
export const noteUsed = (keys: OwnKeys, now: number): OwnKeys => ({ ...keys, hidden: keys.hidden.map((one) => ({ usedAt: now, ...one })) });

export const withoutHidden = (keys: OwnKeys, usedBefore: number): OwnKeys => ({
  ...keys,
  hidden: keys.hidden.filter(({ usedAt = 0 }) => usedAt >= usedBefore),
});
