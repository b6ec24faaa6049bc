// What a slip of one sign would do to what is thought of people's keys, carried, told and decided: each was found by a mutant that survived.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CarriedDevice, CarriedTrust } from '../../../../src/core/carried-trust.ts';
import { agreementOf, identityOf } from '../../../../src/core/encryption/primitives/edwards.ts';
import type { AgreementPublic, IdentityPublic } from '../../../../src/core/encryption/primitives/keys.ts';
import { countDecisions, withCarried } from '../../../../src/core/encryption/trust/carry.ts';
import {
  decideOn,
  isComparedHere,
  meetDevice,
  NOBODY_KNOWN,
  recipientsOf,
  verifyDevices,
  type AccountTrust,
  type KnownDevice,
} from '../../../../src/core/encryption/trust/decide.ts';
import { fingerprintOf } from '../../../../src/core/encryption/trust/fingerprint.ts';
import { decisionsOn, markOf, readLetter } from '../../../../src/core/encryption/trust/letters.ts';
import { toldOf, withoutWordOf, withTold, type Told } from '../../../../src/core/encryption/trust/told.ts';
import type { Address } from '../../../../src/model/account.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';

const ANN = 'ann@app1.test' as Address;
const BEN = 'ben@app1.test' as Address;
const { random } = primitives(1);
const newKey = (): IdentityPublic => identityOf(random(32).with(31, 0) as AgreementPublic)!;
const [one, two, three] = [newKey(), newKey(), newKey()];
type Trust = KnownDevice['trust'];

const device = (id: number, identity: IdentityPublic, trust: Trust): KnownDevice => ({
  id,
  identity,
  trust,
  firstSeenAt: 7,
  isListed: true,
});
const account = (isStrict: boolean, ...devices: KnownDevice[]): AccountTrust => ({ isStrict, devices });
const trusts = ({ devices }: AccountTrust): Record<number, string> => Object.fromEntries(devices.map(({ id, trust }) => [id, trust]));
const carriedDevice = (id: number, identity: IdentityPublic, trust: Trust): CarriedDevice => ({
  id,
  fingerprint: fingerprintOf(identity),
  trust,
  firstSeenAt: 5,
});
const carried = (isStrict: boolean, ...devices: CarriedDevice[]): CarriedTrust => ({ person: BEN, isStrict, devices });
const take = (here: AccountTrust, what: CarriedTrust): AccountTrust => withCarried(here, what, undefined);

describe('what a backup brings', () => {
  it('counts only what was not decided so before', () => {
    const before = account(true, device(1, one, 'verified'), device(2, two, 'undecided'));
    const after = account(true, device(1, one, 'verified'), device(2, two, 'refused'), device(3, three, 'undecided'));
    equal(countDecisions(before, after), 1);
    equal(countDecisions(after, after), 0);
  });

  it('lands on the key, under whatever number', () => {
    const after = take(account(false, device(1, one, 'first-use')), carried(false, carriedDevice(2, one, 'accepted')));
    deepEqual(trusts(after), { 1: 'accepted', 2: 'accepted' });
  });

  it('lets nobody in who merely came first, where keys were compared', () => {
    const brought = carried(false, carriedDevice(2, two, 'first-use'));
    deepEqual(trusts(take(account(true), brought)), { 2: 'undecided' });
    deepEqual(trusts(take(account(false), brought)), { 2: 'first-use' });
  });

  it('writes to nobody before the account names them', () => {
    deepEqual(recipientsOf(take(NOBODY_KNOWN, carried(false, carriedDevice(1, one, 'accepted')))), { ok: true, devices: [] });
  });

  it('is no comparison of this device’s, and a decision is nobody’s word', () => {
    const toldBy = (trust: Trust, ...known: KnownDevice[]): unknown[] =>
      take(account(false, ...known), carried(true, carriedDevice(1, one, trust))).devices.map((found) => found.toldBy);
    deepEqual([toldBy('verified'), toldBy('accepted'), toldBy('refused')], [[0], [undefined], [undefined]]);
    deepEqual(toldBy('verified', device(1, one, 'first-use')), [0]);
    deepEqual(toldBy('refused', device(1, one, 'first-use')), [undefined]);
  });

  it('makes a device no more than three hundred', () => {
    const many = Array.from({ length: 302 }, (_, at) => carriedDevice(at + 1, one, 'accepted'));
    const after = take(NOBODY_KNOWN, carried(false, ...many));
    equal(after.devices.length, 300);
    equal(take(after, carried(false, ...many)), after);
  });

  it('can make a device wait for a word, and never takes the wait from one', () => {
    const waits = account(false, device(1, one, 'undecided'));
    deepEqual(trusts(take(account(false, device(1, one, 'first-use')), carried(false, carriedDevice(1, one, 'undecided')))), {
      1: 'undecided',
    });
    equal(take(waits, carried(false, carriedDevice(1, one, 'first-use'))), waits);
  });

  it('of who came first here only those wait whom it does not know by number and key', () => {
    const here = account(false, device(1, one, 'first-use'), device(3, three, 'first-use'), device(4, two, 'accepted'));
    const brought = [carriedDevice(1, one, 'first-use'), carriedDevice(3, two, 'first-use'), carriedDevice(2, three, 'first-use')];
    deepEqual(trusts(take(here, carried(true, ...brought))), { 1: 'first-use', 2: 'undecided', 3: 'undecided', 4: 'accepted' });
  });
});

const both = meetDevice(meetDevice(NOBODY_KNOWN, 1, one, 10), 2, two, 20);
const trusted = (...all: IdentityPublic[]): Told => ({ trusted: all, distrusted: [] });
const distrusted = (...all: IdentityPublic[]): Told => ({ trusted: [], distrusted: all });

describe('what own devices tell', () => {
  it('of a refusal alone makes nobody strict', () => {
    const after = withTold(both, distrusted(one), 7);
    deepEqual([after.isStrict, trusts(after)], [false, { 1: 'refused', 2: 'first-use' }]);
  });

  it('of more keys than are waited for: the oldest comparison goes first, a refusal never', () => {
    const many = Array.from({ length: 300 }, newKey);
    const full = withTold(NOBODY_KNOWN, trusted(...many), 7);
    const awaits = ({ awaited = [] }: AccountTrust, key: IdentityPublic): string | undefined =>
      awaited.find(({ identity }) => identity === key)?.trust;
    const compared = withTold(full, trusted(one), 7);
    deepEqual([compared.awaited?.length, awaits(compared, many[0]!), awaits(compared, many[1]!), awaits(compared, one)], [300, undefined, 'verified', 'verified']); // oxfmt-ignore
    const refused = withTold(full, distrusted(two), 7);
    deepEqual([refused.awaited?.length, awaits(refused, many[0]!), awaits(refused, two)], [300, undefined, 'refused']);
    const closed = withTold(NOBODY_KNOWN, distrusted(...many), 7);
    equal(withTold(closed, distrusted(one), 7), closed);
    deepEqual(withTold(closed, trusted(one), 7).awaited, closed.awaited);
  });

  it('is doubted where it is known, and where it is waited for', () => {
    const known = withTold(both, trusted(one), 7);
    deepEqual(trusts(withoutWordOf(known, 7)), { 1: 'undecided', 2: 'undecided' });
    const awaited = withTold(withTold(NOBODY_KNOWN, trusted(one), 7), trusted(two), 8);
    deepEqual(withoutWordOf(awaited, 7).awaited?.map(({ toldBy }) => toldBy), [8]); // oxfmt-ignore
    equal(withoutWordOf(awaited, 9), awaited);
  });

  it('of refusals is what a person refused here', () => {
    deepEqual(toldOf(decideOn(both, 1, 'refused')), { trusted: [], distrusted: [one] });
    deepEqual(toldOf(withTold(both, distrusted(one), 7)).distrusted, []);
    deepEqual(toldOf(both), { trusted: [], distrusted: [] });
  });
});

describe('what a person overrules', () => {
  it('is a refusal that was told, not any other word', () => {
    const accepted = decideOn(withTold(both, trusted(one), 7), 1, 'accepted');
    equal(trusts(withTold(accepted, distrusted(one), 7))[1], 'refused');
  });

  it('is not what was refused here as well', () => {
    const refused = decideOn(withTold(both, distrusted(one), 7), 1, 'refused');
    equal(trusts(withTold(decideOn(refused, 1, 'accepted'), distrusted(one), 7))[1], 'refused');
  });

  it('was compared here only where it was compared, and here', () => {
    const compared = verifyDevices(both, [one]).devices.map(isComparedHere);
    const told = withTold(both, trusted(one), 7).devices.map(isComparedHere);
    deepEqual([compared, told], [[true, false], [false, false]]); // oxfmt-ignore
  });
});

describe('what a letter says', () => {
  const decided = decideOn(verifyDevices(both, [one]), 2, 'refused');

  it('of the own account is only who is refused', () => {
    deepEqual(decisionsOn(BEN, decided, ANN), [{ person: BEN, trusted: [one], distrusted: [two] }]);
    deepEqual(decisionsOn(ANN, decided, ANN), [{ person: ANN, trusted: [], distrusted: [two] }]);
    deepEqual(decisionsOn(BEN, both, ANN), []);
    deepEqual(decisionsOn(ANN, verifyDevices(both, [one]), ANN), []);
  });

  it('is another with another key', () => {
    const mark = (key: IdentityPublic): string => markOf([{ person: BEN, trusted: [key], distrusted: [] }], two, three);
    equal(mark(one), mark(one));
    notEqual(mark(one), mark(two));
  });

  it('refuses an own other device, a contact’s, and never the one that reads it, whatever its sign', () => {
    const keys = [one, two].map((key) => agreementOf(key)!);
    const signed = two.with(31, two[31]! | 0x80) as IdentityPublic;
    const read = (owner: string, ours: IdentityPublic): string[] =>
      readLetter([{ owner, trusted: [], distrusted: keys }], ANN, ours).flatMap((told) => told.distrusted.map(fingerprintOf));
    for (const ours of [two, signed]) deepEqual(read(ANN, ours), [fingerprintOf(one)]);
    deepEqual(read(BEN, two), [one, two].map(fingerprintOf));
    ok(read('ann', two).length === 0);
  });
});
