// Words for people, sealed: for every device of theirs and every other device of ours, or for nobody.
//   devices and keys known? ──no──▶ fails as the network does
//     └─▶ anybody undecided? ──▶ keys-undecided      nothing has stepped so far
//           └─▶ each person reachable? ──no──▶ keys-missing
//                 └─▶ sessions begun ──▶ sealed ──▶ states kept
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import { failed, succeeded, type Answer, type Failure } from '../../model/failure.ts';
import { leastTrust } from '../../model/protection.ts';
import { writeEncryptionName } from '../../xmpp/codecs/encrypted.ts';
import type { SealedWords, SealWish } from '../ports.ts';
import { prepareDevices, reachable, type ReachParts } from './devices/reach.ts';
import type { OwnKeys } from './exchange/own-keys.ts';
import type { OwnDevice } from './own/own-device.ts';
import { withSession, type PeerDevice } from './peer-device.ts';
import type { Primitives } from './primitives/curves.ts';
import type { Method } from './method.ts';
import type { Addressee } from './seal-message.ts';
import { beginSession } from './session.ts';
import { recipientsOf, type KnownDevice } from './trust/decide.ts';

const TURN_WAITS_MS = 2_000;

export interface SealParts extends ReachParts {
  readonly clock: Clock;
  readonly method: Method;
  readonly self: Address;
  readonly primitives: Primitives;
  readonly own: OwnDevice;
  now(): number;
}

interface Reader {
  readonly person: Address;
  readonly devices: readonly KnownDevice[];
}

/** In a turn. */
export async function sealWords(parts: SealParts, own: OwnKeys, wish: SealWish): Promise<Answer<SealedWords>> {
  const readers = await findReaders(parts, own.deviceId, wish);
  if (!readers.ok) return readers;
  const addressees = await Promise.all(readers.value.map((reader) => beginWith(parts, own, reader)));
  const missing = findMissing(parts.self, wish, readers.value.filter((_, at) => addressees[at]?.length === 0)); // oxfmt-ignore
  if (missing) return failed(missing);
  const envelope = { content: wish.content, from: parts.self, to: wish.to, sealedAt: parts.now() };
  const { method, primitives } = parts;
  const sealed = await method.seal(primitives, own, addressees.flat(), method.pack(primitives.random, envelope));
  keepStates(parts, own.deviceId, sealed.addressees);
  const trust = leastTrust(sealed.addressees.map(({ account, id }) => parts.people.trustOf(account as Address, id) ?? 'undecided'));
  const elements = [sealed.message, writeEncryptionName(method.namespace)];
  return succeeded({ elements, protection: { how: method.dialect.name, trust } });
}

/** Our own other devices read along. */
export const peopleOf = (self: Address, { to, isRoom, members }: Omit<SealWish, 'content'>): readonly Address[] => [
  ...new Set([...(isRoom ? members : [to]), self]),
];

async function findReaders(parts: SealParts, ours: number, wish: SealWish): Promise<Answer<readonly Reader[]>> {
  const people = peopleOf(parts.self, wish);
  const failures = await inTime(parts.clock, people.map((person) => prepareDevices(parts, ours, person))); // oxfmt-ignore
  const failure = failures.find((one, at) => one && !isTheirs(parts.self, wish, people[at], one));
  if (failure) return failed(failure);
  const choices = people.map((person) => ({ person, to: recipientsOf(parts.people.get(person).trust) }));
  const readers: Reader[] = [];
  for (const [at, { person, to }] of choices.entries()) {
    if (!to.ok) return failed({ kind: 'keys-undecided', person, devices: to.undecided.length });
    readers.push({ person, devices: failures[at] ? [] : reachable(parts, ours, person, to.devices) });
  }
  return succeeded(readers);
}

/** All was asked for before the turn: what is still missing may be somebody's who does not answer, and everybody waits for the turn's end. */
async function inTime(clock: Clock, asked: readonly Promise<Failure | undefined>[]): Promise<(Failure | undefined)[]> {
  let cancel = (): void => undefined;
  const late = new Promise<Failure>((resolve) => (cancel = clock.after(TURN_WAITS_MS, () => resolve({ kind: 'no-answer' }))));
  return Promise.all(asked.map((one) => Promise.race([one, late]))).finally(cancel);
}

/** In a room one silent service does not silence everybody: its people are missing, all of their devices, and a person hears of it. */
const isTheirs = (self: Address, { isRoom }: SealWish, person: Address | undefined, failure: Failure): boolean =>
  isRoom && person !== self && failure.kind !== 'offline';

/**
 * Everybody has to be able to read it. Only we ourselves may have no other device, unless it is for them alone; and those of a room whom a
 * person has decided to write past.
 */
function findMissing(self: Address, { to, isRoom, without = [] }: SealWish, lacking: readonly Reader[]): Failure | undefined {
  const missing = lacking.map(({ person }) => person).filter((person) => (person !== self && !without.includes(person)) || to === self);
  const [person] = missing;
  return person && { kind: 'keys-missing', person, ...(isRoom && { people: missing }) };
}

async function beginWith(parts: SealParts, own: OwnKeys, { person, devices }: Reader): Promise<readonly Addressee[]> {
  const begun = await Promise.all(
    devices.map(async ({ id }) => {
      const device = await readyDevice(parts, own, person, id);
      return device ? [{ account: person, id, device }] : [];
    }),
  );
  return begun.flat();
}

/**
 * With a session, begun now where there was none. Nothing is kept of it before something was sealed. Keys are fetched beside turns too: what is
 * at hand now may be another key than the one that was decided on when this turn began.
 */
export async function readyDevice(parts: SealParts, own: OwnKeys, person: Address, id: number): Promise<PeerDevice | undefined> {
  const { method, sessions, bundles, people, primitives } = parts;
  const known = sessions.get(own.deviceId, person, id);
  if (known && known.sessions.length > 0) return known;
  const bundle = bundles.get(person, id);
  const isTheirs = bundle !== undefined && !people.isAnother(person, { id, identity: bundle.identity });
  const begun = isTheirs ? await beginSession(primitives, method.dialect, own, bundle) : undefined;
  if (begun?.ok) return withSession(known, begun.session);
  bundles.spoil(person, id);
  return undefined;
}

export function keepStates({ sessions, bundles, own }: SealParts, ours: number, addressees: readonly Addressee[]): void {
  for (const { account, id, device } of addressees) {
    sessions.put(ours, account as Address, id, device);
    bundles.spend(account as Address, id);
  }
  own.paid(addressees.map(({ account, id }) => ({ person: account as Address, device: id })));
}
