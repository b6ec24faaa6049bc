// What a person decides about devices. Each decision names the key that was shown, so that it lands on no other, and is on the disk when
// it answers.
import type { DeviceDecision, KeysOf } from '../../../contracts/keys.ts';
import type { Address } from '../../../model/account.ts';
import { failed, succeeded, type Answer } from '../../../model/failure.ts';
import type { CarriedTrust } from '../../carried-trust.ts';
import type { Trusting } from '../../key-ports.ts';
import type { Person, Tell } from '../devices/people.ts';
import { prepareDevices, type ReachParts } from '../devices/reach.ts';
import type { OwnKeys } from '../exchange/own-keys.ts';
import type { Publisher } from '../own/publisher.ts';
import { withoutSessions } from '../peer-device.ts';
import type { IdentityPublic } from '../primitives/keys.ts';
import { isSameIdentity } from '../primitives/edwards.ts';
import { carriedOf, countDecisions, withCarried } from './carry.ts';
import { becomeStrict, decideOn, verifyDevices, type KnownDevice } from './decide.ts';
import { glanceAt } from './glance.ts';
import { readKeysUri, showFingerprint, type NamedKeys } from './fingerprint.ts';
import { heeded, numberWith, showKeys, type ShowParts } from './show-keys.ts';

export interface TrustingParts extends ReachParts, ShowParts {
  readonly publisher: Publisher;
  ensureOwn(): Promise<OwnKeys>;
  noteStrict(person: Address): void;
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  commit(): Promise<Answer<void>>;
  onChange(heard: Tell): void;
}

const NOT_FOUND = failed({ kind: 'not-found' });

export function createTrusting(parts: TrustingParts): Trusting {
  return {
    read: (person) => read(parts, person),
    glance: (people) => glanceAt(parts.people, people),
    decide: (person, decision) => decide(parts, person, decision),
    compare: (person, text) => compare(parts, person, text),
    confirmNumber: (person, number) => confirmNumber(parts, person, number),
    renew: (person) => renew(parts, person),
    remove: (device) => remove(parts, device),
    carry: (people) => carry(parts, people),
    takeCarried: (carried) => takeCarried(parts, carried),
    onChange: (heard) => parts.onChange(heard),
  };
}

/** As known now where the network does not tell more. */
async function read(parts: TrustingParts, person: Address): Promise<Answer<KeysOf>> {
  const { deviceId } = await parts.ensureOwn();
  const failures = await Promise.all([...new Set([person, parts.self])].map((one) => prepareDevices(parts, deviceId, one)));
  const failure = failures[0];
  const nothing = parts.people.get(person).trust.devices.length === 0;
  const kept = await parts.commit();
  if (!kept.ok) return kept;
  return failure && nothing && person !== parts.self ? failed(failure) : succeeded(await showKeys(parts, person));
}

async function decide(parts: TrustingParts, person: Address, { device: id, fingerprint, trust }: DeviceDecision): Promise<Answer<void>> {
  const device = (await known(parts, person)).trust.devices.find((one) => one.id === id);
  if (!device || showFingerprint(device.identity) !== fingerprint) return NOT_FOUND;
  if (trust === 'verified') verify(parts, person, [device.identity]);
  else parts.people.judge(person, (all) => decideOn(all, id, trust));
  return parts.commit();
}

async function compare(parts: TrustingParts, person: Address, text: string): Promise<Answer<'same' | 'different' | 'not-a-key'>> {
  const named = readKeysUri(text);
  if (!named) return succeeded('not-a-key');
  const devices = heeded(await known(parts, person));
  const same = devices.filter((device) => isNamed(person === parts.self ? shownBy(named) : named, device));
  if (named.address !== person || same.length === 0 || isContradicted(named, devices)) return succeeded('different');
  verify(
    parts,
    person,
    same.map(({ identity }) => identity),
  );
  const kept = await parts.commit();
  return kept.ok ? succeeded('same') : kept;
}

/** An own device shows itself first. What else it may name was compared by nobody: an engine may have slipped it in on both sides. */
const shownBy = (named: NamedKeys): NamedKeys => ({ ...named, devices: named.devices.slice(0, 1) });

const isNamed = ({ devices }: NamedKeys, { id, identity }: KnownDevice): boolean =>
  devices.some((one) => one.id === id && isSameIdentity(one.identity, identity));

/** The picture knows one of these devices by another key. */
const isContradicted = ({ devices }: NamedKeys, listed: readonly KnownDevice[]): boolean =>
  listed.some(({ id, identity }) => devices.some((one) => one.id === id && !isSameIdentity(one.identity, identity)));

async function confirmNumber(parts: TrustingParts, person: Address, number: string): Promise<Answer<'same' | 'different'>> {
  await Promise.all([parts.people.load(person), parts.people.load(parts.self)]);
  if (numberWith(parts, person) !== number) return succeeded('different');
  const identities = heeded(parts.people.get(person)).map(({ identity }) => identity);
  verify(parts, person, identities);
  const kept = await parts.commit();
  return kept.ok ? succeeded('same') : kept;
}

/** Own devices that are known stay what they are; who comes from now on waits for a word, there as here. */
function verify({ people, self, noteStrict }: TrustingParts, person: Address, identities: readonly IdentityPublic[]): void {
  const isFirst = !people.get(self).trust.isStrict;
  noteStrict(person);
  noteStrict(self);
  people.judge(person, (all) => verifyDevices(all, identities));
  if (person !== self && isFirst) people.judge(self, becomeStrict);
}

async function renew(parts: TrustingParts, person: Address): Promise<Answer<void>> {
  const { people, sessions } = parts;
  const { deviceId } = await parts.ensureOwn();
  await parts.inTurn(async () => {
    const ids = (await known(parts, person)).trust.devices.map(({ id }) => id);
    await sessions.load(person, ids);
    for (const id of ids) {
      const device = sessions.get(deviceId, person, id);
      if (device) sessions.put(deviceId, person, id, withoutSessions(device));
    }
  });
  people.tell({ person, what: 'decided' });
  return parts.commit();
}

async function remove(parts: TrustingParts, device: number): Promise<Answer<void>> {
  const { people, self, publisher } = parts;
  const own = await parts.ensureOwn();
  const isKnown = (await known(parts, self)).trust.devices.some(({ id }) => id === device);
  const isListed = people.get(self).listed?.some(({ id }) => id === device);
  if (device === own.deviceId || (!isKnown && !isListed)) return NOT_FOUND;
  const told = await publisher.withdraw(device);
  if (!told.ok) return told;
  people.judge(self, (all) => decideOn(all, device, 'refused'));
  return parts.commit();
}

/** Of the own account also this device, which is an own other one elsewhere. */
async function carry(parts: TrustingParts, people: readonly Address[]): Promise<readonly CarriedTrust[]> {
  const carried: CarriedTrust[] = [];
  for (const person of people) {
    const ours = person === parts.self ? parts.own.row : undefined;
    const one = carriedOf(person, (await known(parts, person)).trust, ours);
    if (one.devices.length > 0) carried.push(one);
  }
  return carried;
}

async function takeCarried(parts: TrustingParts, carried: readonly CarriedTrust[]): Promise<Answer<number>> {
  const { people, own, self } = parts;
  let decisions = 0;
  for (const one of carried) {
    const before = (await known(parts, one.person)).trust;
    const after = withCarried(before, one, one.person === self ? own.keys?.deviceId : undefined);
    if (after === before) continue;
    decisions += countDecisions(before, after);
    if (after.isStrict) own.noteStrict(one.person);
    people.adopt(one.person, after);
  }
  const kept = await parts.commit();
  return kept.ok ? succeeded(decisions) : kept;
}

async function known({ people }: TrustingParts, person: Address): Promise<Person> {
  await people.load(person);
  return people.get(person);
}
