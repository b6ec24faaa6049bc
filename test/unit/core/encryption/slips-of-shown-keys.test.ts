// Keys as people are shown them and decide on them, of one method and of both: small slips there that nothing larger shows.
import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeysOf } from '../../../../src/contracts/keys.ts';
import type { People, Person } from '../../../../src/core/encryption/devices/people.ts';
import { signLabel } from '../../../../src/core/encryption/exchange/label.ts';
import { mintOwnKeys, type OwnKeys } from '../../../../src/core/encryption/exchange/own-keys.ts';
import type { LegacyHalf } from '../../../../src/core/encryption/legacy-half.ts';
import { mintIdentity } from '../../../../src/core/encryption/primitives/identity.ts';
import type { IdentityPublic } from '../../../../src/core/encryption/primitives/keys.ts';
import type { Side } from '../../../../src/core/encryption/side.ts';
import { trustInBoth } from '../../../../src/core/encryption/trust/both-methods.ts';
import type { KnownDevice } from '../../../../src/core/encryption/trust/decide.ts';
import { readKeysUri, showFingerprint } from '../../../../src/core/encryption/trust/fingerprint.ts';
import { glanceAt } from '../../../../src/core/encryption/trust/glance.ts';
import { numberWith, showKeys, type ShowParts } from '../../../../src/core/encryption/trust/show-keys.ts';
import type { Trusting } from '../../../../src/core/key-ports.ts';
import type { Address } from '../../../../src/model/account.ts';
import { failed, succeeded, type Answer } from '../../../../src/model/failure.ts';
import type { Trust } from '../../../../src/model/protection.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';

const ANN = 'ann@app1.test' as Address;
const BEN = 'ben@app1.test' as Address;
const kit = primitives(1);
const keys = await mintOwnKeys(kit, 0);
const [first, second, third] = await Promise.all([mintIdentity(kit), mintIdentity(kit), mintIdentity(kit)]);

const device = (id: number, identity: IdentityPublic, trust: Trust, isListed = true): KnownDevice => ({
  id,
  identity,
  trust,
  firstSeenAt: id,
  isListed,
});
type Known = Partial<Record<Address, readonly KnownDevice[]>>;
type Listed = Partial<Record<Address, Person['listed']>>;

/** Whoever was not loaded is not known. */
function peopleOf(known: Known, listed: Listed = {}): People {
  const loaded = new Set<Address>();
  const get = (person: Address): unknown => ({
    trust: { devices: loaded.has(person) ? (known[person] ?? []) : [], isStrict: false },
    listed: listed[person],
    seen: { 2: 22 },
  });
  return { load: async (person: Address) => void loaded.add(person), get } as unknown as People;
}

async function partsOf(known: Known, listed: Listed = {}, own: OwnKeys | undefined = keys): Promise<ShowParts> {
  const people = peopleOf(known, listed);
  await Promise.all([ANN, BEN].map((person) => people.load(person)));
  return { self: ANN, curves: kit.curves, own: { keys: own, row: { keys: own, madeAt: 9 } }, people } as unknown as ShowParts;
}

const idsIn = (uri: string): number[] => readKeysUri(uri)?.devices.map(({ id }) => id) ?? [];

describe('a glance at many people', () => {
  const glances = async (...devices: KnownDevice[]): Promise<object> => {
    const [{ person: _, ...glance } = { person: BEN }] = await glanceAt(peopleOf({ [BEN]: devices }), [BEN]);
    return glance;
  };

  it('counts whom is written to, and who of them waits', async () => {
    const devices = [device(1, first.public, 'verified'), device(2, second.public, 'undecided')];
    deepEqual(await glances(...devices), { devices: 2, undecided: 1, trust: 'undecided', isVerified: false });
    const silent = [device(3, third.public, 'refused'), device(4, third.public, 'accepted', false)];
    deepEqual(await glances(devices[0]!, ...silent), { devices: 1, undecided: 0, trust: 'verified', isVerified: false });
  });

  it('calls nobody compared who has no devices, or one that was not', async () => {
    deepEqual(await glances(), { devices: 0, undecided: 0, trust: 'first-use', isVerified: false });
    deepEqual(await glances(device(1, first.public, 'verified')), { devices: 1, undecided: 0, trust: 'verified', isVerified: true });
  });
});

describe('keys that are shown', () => {
  const known = {
    [ANN]: [device(1, first.public, 'verified'), device(5, third.public, 'refused')],
    [BEN]: [device(2, second.public, 'accepted'), device(3, third.public, 'refused'), device(4, third.public, 'accepted', false)],
  };

  it('of oneself begin with this device, whose code names it alone', async () => {
    const shown = await showKeys(await partsOf(known), ANN);
    deepEqual(shown.devices.map(({ id, isThisDevice }) => [id, isThisDevice]), [[keys.deviceId, true], [1, false], [5, false]]); // oxfmt-ignore
    deepEqual([shown.isSelf, shown.safetyNumber, idsIn(shown.ownKeys)], [true, undefined, [keys.deviceId]]);
    equal(shown.devices[0]?.fingerprint, showFingerprint(keys.identity.public));
  });

  it('of somebody else are theirs, beside a code of all own devices that are not refused', async () => {
    const shown = await showKeys(await partsOf(known), BEN);
    deepEqual(shown.devices.map(({ id, lastSeenAt }) => [id, lastSeenAt]), [[2, 22], [3, undefined], [4, undefined]]); // oxfmt-ignore
    deepEqual([shown.isSelf, idsIn(shown.ownKeys)], [false, [keys.deviceId, 1]]);
  });

  it('of an account whose device has no keys yet are those of others', async () => {
    const parts = { ...(await partsOf(known)), own: { keys: undefined, row: { madeAt: 0 } } } as unknown as ShowParts;
    deepEqual((await showKeys(parts, ANN)).devices.map(({ id }) => id), [1, 5]); // oxfmt-ignore
    deepEqual(idsIn((await showKeys(parts, BEN)).ownKeys), [1]);
  });

  it('bear the name of their own number, and say who signed it', async () => {
    const { label, labelSignature } = await signLabel(kit.curves, second, 'Phone');
    const listed = {
      [ANN]: [{ id: keys.deviceId, label: 'Desk' }],
      [BEN]: [{ id: 3, label: 'Thief', labelSignature }, { id: 2, label, labelSignature }], // oxfmt-ignore
    };
    const parts = await partsOf(known, listed);
    const labels = async (person: Address): Promise<unknown[]> => (await showKeys(parts, person)).devices.map((one) => one.label);
    deepEqual(await labels(BEN), [{ text: 'Phone', isSigned: true }, { text: 'Thief', isSigned: false }, undefined]);
    deepEqual(await labels(ANN), [{ text: 'Desk', isSigned: false }, undefined, undefined]);
    deepEqual((await showKeys(parts, ANN)).devices.map(({ isListed }) => isListed), [true, true, true]); // oxfmt-ignore
    equal((await showKeys(await partsOf(known), ANN)).devices[0]?.isListed, false);
  });
});

describe('the number between two people', () => {
  const [mine, theirs] = [device(1, first.public, 'verified'), device(2, second.public, 'accepted')];
  const number = async (ours: readonly KnownDevice[], their: readonly KnownDevice[]): Promise<string | undefined> =>
    numberWith(await partsOf({ [ANN]: ours, [BEN]: their }), BEN);

  it('is none before both have keys', async () => {
    equal(await number([mine], []), undefined);
    const none = { ...(await partsOf({ [BEN]: [theirs] })), own: { row: {} } } as unknown as ShowParts;
    equal(numberWith(none, BEN), undefined);
  });

  it('counts who is listed and not refused', async () => {
    const plain = await number([mine], [theirs]);
    equal(await number([mine], [theirs, device(3, third.public, 'refused'), device(4, third.public, 'accepted', false)]), plain);
    notEqual(await number([mine], [theirs, device(3, third.public, 'undecided')]), plain);
  });
});

describe('a decision in both methods', () => {
  const full = failed({ kind: 'storage-full' });
  const unknown = failed({ kind: 'not-found' });
  const done = succeeded(undefined);
  const shownAs = (...ids: number[]): KeysOf => ({ person: BEN, devices: ids.map((id) => ({ id })) }) as unknown as KeysOf;
  type Half = Partial<Trusting>;
  const trusting = (newer: Half, older?: Half): Trusting => {
    const legacy = { side: older && { trust: older }, stateWith: async () => 'on' } as unknown as LegacyHalf;
    return trustInBoth({ trust: newer } as unknown as Side, legacy, (shown) => ({ ...shown, isStrict: true, devices: [...shown.devices] }));
  };
  const decided = (newer: Answer<void>, older?: Answer<void>): Promise<Answer<void>> =>
    trusting({ renew: async () => newer }, older && { renew: async () => older }).renew(BEN);

  it('lands where the device is known, and fails where either fails for another reason', async () => {
    deepEqual(await decided(done), done);
    for (const [newer, older] of [[done, unknown], [unknown, done], [done, done]] as const) deepEqual(await decided(newer, older), done); // oxfmt-ignore
    for (const [newer, older] of [[full, done], [done, full], [unknown, full], [full, unknown]] as const) deepEqual(await decided(newer, older), full); // oxfmt-ignore
    deepEqual(await decided(unknown, unknown), unknown);
  });

  it('shows the devices of both, and those of one where the other fails', async () => {
    const read = async (newer: Answer<KeysOf>, older: Answer<KeysOf>): Promise<unknown> => {
      const answer = await trusting({ read: async () => newer }, { read: async () => older }).read(BEN);
      return answer.ok ? answer.value.devices.map(({ id, method }) => [id, method]) : answer;
    };
    deepEqual(await read(succeeded(shownAs(1)), succeeded(shownAs(1, 2))), [[1, undefined], [1, 'legacy'], [2, 'legacy']]); // oxfmt-ignore
    deepEqual(await read(succeeded(shownAs(1)), full), [[1, undefined]]);
    deepEqual(await read(full, succeeded(shownAs(2))), full);
  });

  it('compares with the older one only what the newer knows differently', async () => {
    const asked: string[] = [];
    const compare = async (value: 'same' | 'different' | 'not-a-key', older = true): Promise<unknown> => {
      const second = async (): Promise<Answer<'same'>> => (asked.push(value), succeeded('same'));
      return trusting({ compare: async () => succeeded(value) }, older ? { compare: second } : undefined).compare(BEN, '');
    };
    deepEqual(await compare('same'), succeeded('same'));
    deepEqual(await compare('not-a-key'), succeeded('not-a-key'));
    deepEqual(await compare('different', false), succeeded('different'));
    deepEqual(asked, []);
    deepEqual(await compare('different'), succeeded('same'));
    deepEqual(asked, ['different']);
  });
});
