// What this device tells an own other one of people's keys, as letters: always all of it, so that a letter which is lost is made good by the next.
import { isBare } from '../../../xmpp/jid.ts';
import type { Address } from '../../../model/account.ts';
import type { ToldKeys } from '../../../xmpp/codecs/trust-message.ts';
import { agreementOf, identityOf } from '../primitives/edwards.ts';
import { hkdfSha256 } from '../primitives/hashes.ts';
import { readAgreementPublic, type IdentityPublic } from '../primitives/keys.ts';
import { toBase64 } from '../../../base/base64.ts';
import { toBytes } from '../../utf8.ts';
import { toldOf, type Told } from './told.ts';
import type { AccountTrust } from './decide.ts';

export interface ToldPerson extends Told {
  readonly person: Address;
}

/** Engines carry stanzas of 64 kB, and half of that is the seal's. */
const MOST_IN_A_LETTER = 150;

/** Of the own account only who is refused: own devices are compared by hand, each with each. */
export function decisionsOn(person: Address, trust: AccountTrust, self: Address): readonly ToldPerson[] {
  const { trusted, distrusted } = toldOf(trust);
  const told = { person, trusted: person === self ? [] : trusted, distrusted };
  return told.trusted.length + told.distrusted.length > 0 ? [told] : [];
}

/** The same as long as the same would be told, whatever the padding. */
export function markOf(told: readonly ToldPerson[], from: IdentityPublic, to: IdentityPublic): string {
  const keys = (of: readonly IdentityPublic[]): string[] => of.map((key) => toBase64(key)).toSorted();
  const text = JSON.stringify(told.map(({ person, trusted, distrusted }) => [person, keys(trusted), keys(distrusted)]));
  return toBase64(hkdfSha256(toBytes(text), new Uint8Array([...from, ...to]), 'told', 16));
}

export function lettersOf(told: readonly ToldPerson[]): readonly (readonly ToldKeys[])[] {
  const entries = told.flatMap(({ person, trusted, distrusted }) => [
    ...distrusted.map((key) => ({ person, key, isTrusted: false })),
    ...trusted.map((key) => ({ person, key, isTrusted: true })),
  ]);
  return Array.from({ length: Math.ceil(entries.length / MOST_IN_A_LETTER) }, (_, at) =>
    letterOf(entries.slice(at * MOST_IN_A_LETTER, (at + 1) * MOST_IN_A_LETTER)),
  );
}

interface Entry {
  readonly person: Address;
  readonly key: IdentityPublic;
  readonly isTrusted: boolean;
}

function letterOf(entries: readonly Entry[]): readonly ToldKeys[] {
  return [...new Set(entries.map(({ person }) => person))].map((owner) => {
    const keys = (wanted: boolean): ToldKeys['trusted'] =>
      entries.flatMap(({ person, key, isTrusted }) => (person === owner && isTrusted === wanted ? (agreementOf(key) ?? []) : []));
    return { owner, trusted: keys(true), distrusted: keys(false) };
  });
}

/** What may be taken of it: people's addresses, keys that are keys; of the own account no key to trust, and never this very device. */
export function readLetter(letter: readonly ToldKeys[], self: Address, ours: IdentityPublic): readonly ToldPerson[] {
  return letter.flatMap(({ owner, trusted, distrusted }) => {
    if (!isBare(owner) || !owner.includes('@')) return [];
    const person = owner as Address;
    const isOther = (key: IdentityPublic): boolean => person !== self || markOfKey(key) !== markOfKey(ours);
    return [{ person, trusted: person === self ? [] : readKeys(trusted), distrusted: readKeys(distrusted).filter(isOther) }];
  });
}

const markOfKey = (key: IdentityPublic): string => toBase64(agreementOf(key) ?? key);

const readKeys = (keys: ToldKeys['trusted']): IdentityPublic[] =>
  keys.flatMap((bytes) => {
    const key = readAgreementPublic(bytes);
    return (key && identityOf(key)) ?? [];
  });
