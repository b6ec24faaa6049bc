// What a person decides about devices, step by step: on whom it lands, what is on the disk when it answers, and what it says where it fails.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CarriedTrust } from '../../../../src/core/carried-trust.ts';
import type { Person } from '../../../../src/core/encryption/devices/people.ts';
import { mintOwnKeys } from '../../../../src/core/encryption/exchange/own-keys.ts';
import { mintIdentity } from '../../../../src/core/encryption/primitives/identity.ts';
import type { IdentityPublic } from '../../../../src/core/encryption/primitives/keys.ts';
import type { AccountTrust, KnownDevice } from '../../../../src/core/encryption/trust/decide.ts';
import { fingerprintOf, showFingerprint, writeKeysUri } from '../../../../src/core/encryption/trust/fingerprint.ts';
import { numberWith } from '../../../../src/core/encryption/trust/show-keys.ts';
import { createTrusting, type TrustingParts } from '../../../../src/core/encryption/trust/trusting.ts';
import type { Trusting } from '../../../../src/core/key-ports.ts';
import type { Address } from '../../../../src/model/account.ts';
import { failed, succeeded, type Answer } from '../../../../src/model/failure.ts';
import type { Trust } from '../../../../src/model/protection.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';

const ANN = 'ann@app1.test' as Address;
const BEN = 'ben@app1.test' as Address;
const kit = primitives(1);
const keys = await mintOwnKeys(kit, 0);
const [one, two, three] = (await Promise.all([mintIdentity(kit), mintIdentity(kit), mintIdentity(kit)])).map((id) => id.public) as [
  IdentityPublic,
  IdentityPublic,
  IdentityPublic,
];
const NOT_FOUND = failed({ kind: 'not-found' });
const FULL = failed({ kind: 'storage-full' });

const device = (id: number, identity: IdentityPublic, trust: Trust = 'first-use', isListed = true): KnownDevice => ({
  id,
  identity,
  trust,
  firstSeenAt: 7,
  isListed,
});

interface Desk {
  readonly trust: Trusting;
  /** What was done, in order. */
  readonly done: string[];
  commits: Answer<void>;
  withdrawn: Answer<void>;
  /** Whose lists the network does not tell. */
  unreached: readonly Address[];
  trusts(person: Address): Record<number, string>;
}

/** Rows that were not loaded are not there. */
function deskOf(rows: Partial<Record<Address, AccountTrust & Pick<Person, 'listed'>>>): Desk {
  const done: string[] = [];
  const loaded = new Set<Address>();
  const known = new Map(Object.entries(rows) as [Address, AccountTrust & Pick<Person, 'listed'>][]);
  const get = (person: Address): AccountTrust & Pick<Person, 'listed'> =>
    (loaded.has(person) ? known.get(person) : undefined) ?? { devices: [], isStrict: false, listed: [] };
  const put = (person: Address, trust: AccountTrust): void => void known.set(person, { ...get(person), ...trust });
  const sessions = new Map([[`${BEN} 1`, { sessions: ['a session'] }]]);
  const ready = new Set<string>();
  const desk: Desk = {
    done,
    commits: succeeded(undefined),
    withdrawn: succeeded(undefined),
    unreached: [],
    trust: undefined as unknown as Trusting,
    trusts: (person) => Object.fromEntries((known.get(person)?.devices ?? []).map(({ id, trust }) => [id, trust])),
  };
  const parts = {
    self: ANN,
    curves: kit.curves,
    own: { keys, row: { keys, madeAt: 9 }, noteStrict: (person: Address) => done.push(`strict ${person}`) },
    people: {
      load: async (person: Address) => void loaded.add(person),
      get: (person: Address) => ({ trust: get(person), listed: get(person).listed, seen: {} }),
      judge(person: Address, work: (all: AccountTrust) => AccountTrust) {
        done.push(`judged ${person}`);
        put(person, work(get(person)));
      },
      adopt(person: Address, trust: AccountTrust) {
        done.push(`adopted ${person}`);
        put(person, trust);
      },
      trustOf: () => 'refused',
      meet: () => undefined,
      markMet: () => undefined,
      tell: ({ person, what }: { person: Address; what: string }) => done.push(`told ${person} ${what}`),
    },
    sessions: {
      load: async (person: Address, ids: readonly number[]) => ids.forEach((id) => ready.add(`${person} ${id}`)),
      get: (_: number, person: Address, id: number) => (ready.has(`${person} ${id}`) ? sessions.get(`${person} ${id}`) : undefined),
      put: (_: number, person: Address, id: number, { sessions: left }: { sessions: unknown[] }) =>
        done.push(`${left.length} sessions with ${person} ${id}`),
    },
    lists: {
      async learn(person: Address) {
        await parts.people.load(person);
        done.push(`asked of ${person}`);
        return desk.unreached.includes(person) ? failed({ kind: 'offline' }) : succeeded(undefined);
      },
    },
    bundles: { fetch: async () => undefined },
    publisher: {
      async withdraw(id: number) {
        done.push(`withdrew ${id}`);
        return desk.withdrawn;
      },
    },
    ensureOwn: async () => keys,
    noteStrict: (person: Address) => done.push(`strict ${person}`),
    inTurn: (work: () => Promise<unknown>) => (done.push('turn'), work()),
    async commit() {
      done.push('commit');
      return desk.commits;
    },
  } as unknown as TrustingParts;
  return Object.assign(desk, { trust: createTrusting(parts) });
}

const account = (isStrict: boolean, ...devices: KnownDevice[]): AccountTrust & Pick<Person, 'listed'> => ({
  isStrict,
  devices,
  listed: [],
});

describe('keys that are read', () => {
  const BOTH = [`asked of ${BEN}`, `asked of ${ANN}`, 'commit'];

  it('are asked for on both sides, and are there without the network where any are known', async () => {
    const desk = Object.assign(deskOf({ [BEN]: account(false, device(1, one)) }), { unreached: [ANN, BEN] });
    const read = await desk.trust.read(BEN);
    deepEqual([read.ok && read.value.devices.map(({ id }) => id), desk.done], [[1], BOTH]);
  });

  it('of a stranger are not claimed to be none, whoever else is not reached', async () => {
    const desk = Object.assign(deskOf({}), { unreached: [BEN] });
    deepEqual(await desk.trust.read(BEN), failed({ kind: 'offline' }));
    desk.unreached = [ANN];
    deepEqual([(await desk.trust.read(BEN)).ok, (await desk.trust.read(ANN)).ok], [true, true]);
    deepEqual(desk.done, [...BOTH, ...BOTH, `asked of ${ANN}`, 'commit']);
  });
});

describe('an own device that is removed', () => {
  const rows = { [ANN]: { ...account(false, device(1, one), device(2, two)), listed: [{ id: 2 }, { id: 3 }] } };

  it('leaves the list, is refused, and is so on the disk', async () => {
    const desk = deskOf(rows);
    deepEqual(await desk.trust.remove(1), succeeded(undefined));
    deepEqual([desk.done, desk.trusts(ANN)], [['withdrew 1', `judged ${ANN}`, 'commit'], { 1: 'refused', 2: 'first-use' }]);
  });

  it('may be one that is only listed, or only known', async () => {
    for (const id of [1, 3]) deepEqual(await deskOf(rows).trust.remove(id), succeeded(undefined));
    for (const id of [4, keys.deviceId]) {
      const desk = deskOf(rows);
      deepEqual([await desk.trust.remove(id), desk.done], [NOT_FOUND, []]);
    }
  });

  it('stays what it was where the list could not be written', async () => {
    const desk = Object.assign(deskOf(rows), { withdrawn: failed({ kind: 'offline' }) });
    deepEqual(await desk.trust.remove(1), failed({ kind: 'offline' }));
    deepEqual([desk.done, desk.trusts(ANN)], [['withdrew 1'], { 1: 'first-use', 2: 'first-use' }]);
  });
});

describe('a session that begins anew', () => {
  it('is there with each known device that had one, in a turn of its own', async () => {
    const desk = deskOf({ [BEN]: account(false, device(1, one), device(2, two)) });
    deepEqual(await desk.trust.renew(BEN), succeeded(undefined));
    deepEqual(desk.done, ['turn', `0 sessions with ${BEN} 1`, `told ${BEN} decided`, 'commit']);
  });
});

describe('decisions that are carried', () => {
  it('go with everybody whose devices are known, and with this device for the own account', async () => {
    const desk = deskOf({ [BEN]: account(false, device(1, one, 'refused')) });
    const carried = await desk.trust.carry([BEN, 'cat@app1.test' as Address, ANN]);
    deepEqual(
      carried.map(({ person, devices }) => [person, devices.map(({ id, trust }) => [id, trust])]),
      [
        [BEN, [[1, 'refused']]],
        [ANN, [[keys.deviceId, 'first-use']]],
      ],
    );
    equal(carried[1]?.devices[0]?.firstSeenAt, 9);
  });

  const brought = (person: Address, isStrict: boolean, ...devices: readonly [id: number, identity: IdentityPublic, trust: Trust][]): CarriedTrust => ({ person, isStrict, devices: devices.map(([id, identity, trust]) => ({ id, fingerprint: fingerprintOf(identity), trust, firstSeenAt: 5 })) }); // oxfmt-ignore

  it('are taken over, counted, and kept', async () => {
    const desk = deskOf({ [BEN]: account(false, device(1, one)) });
    const all = [brought(BEN, true, [1, one, 'verified'], [2, two, 'refused']), brought(ANN, false, [keys.deviceId, three, 'verified'], [3, three, 'accepted'])]; // oxfmt-ignore
    deepEqual(await desk.trust.takeCarried(all), succeeded(3));
    deepEqual(desk.done, [`strict ${BEN}`, `adopted ${BEN}`, `adopted ${ANN}`, 'commit']);
    deepEqual([desk.trusts(BEN), desk.trusts(ANN)], [{ 1: 'verified', 2: 'refused' }, { 3: 'accepted' }]);
    deepEqual(await desk.trust.takeCarried(all), succeeded(0));
    deepEqual(desk.done.slice(4), ['commit'], 'what changes nothing is no news');
    desk.commits = FULL;
    deepEqual(await desk.trust.takeCarried(all), FULL);
  });

  it('on a contact’s device with the number of this one are decisions', async () => {
    const desk = deskOf({});
    deepEqual(await desk.trust.takeCarried([brought(BEN, false, [keys.deviceId, one, 'refused'])]), succeeded(1));
  });
});

describe('a comparison', () => {
  const rows = { [BEN]: account(false, device(1, one), device(2, two, 'refused')), [ANN]: account(false, device(9, three)) };
  const codeOf = (address: string, ...devices: readonly [id: number, identity: IdentityPublic][]): string =>
    writeKeysUri({ address, devices: devices.map(([id, identity]) => ({ id, identity })) });

  it('makes both accounts strict, once', async () => {
    const desk = deskOf(rows);
    await Promise.all([ANN, BEN].map((person) => desk.trust.glance([person])));
    deepEqual(await desk.trust.compare(BEN, codeOf(BEN, [1, one])), succeeded('same'));
    const noted = [`strict ${BEN}`, `strict ${ANN}`, `judged ${BEN}`];
    deepEqual(desk.done, [...noted, `judged ${ANN}`, 'commit']);
    deepEqual([desk.trusts(BEN), desk.trusts(ANN)], [{ 1: 'verified', 2: 'refused' }, { 9: 'first-use' }]);
    deepEqual(await desk.trust.compare(BEN, codeOf(BEN, [1, one])), succeeded('same'));
    deepEqual(desk.done.slice(5), [...noted, 'commit']);
  });

  it('lands on nobody where any key, number or address is another', async () => {
    const desk = deskOf(rows);
    const codes = [codeOf(ANN, [1, one]), codeOf(BEN, [1, two]), codeOf(BEN, [2, two]), codeOf(BEN, [3, one]), codeOf(BEN, [1, one], [1, three])]; // oxfmt-ignore
    for (const code of codes) deepEqual(await desk.trust.compare(BEN, code), succeeded('different'), code);
    deepEqual(await desk.trust.compare(BEN, 'words'), succeeded('not-a-key'));
    deepEqual(desk.done, []);
  });

  it('of an own device is with the one that shows itself, and with no other it names', async () => {
    const desk = deskOf({ [ANN]: account(true, device(8, two, 'undecided'), device(9, three, 'undecided')) });
    deepEqual(await desk.trust.compare(ANN, codeOf(ANN, [9, three], [8, two])), succeeded('same'));
    deepEqual(desk.trusts(ANN), { 8: 'undecided', 9: 'verified' });
    deepEqual(desk.done, [`strict ${ANN}`, `strict ${ANN}`, `judged ${ANN}`, 'commit']);
  });

  it('of the number compares all that it counts, and no refused one', async () => {
    const desk = deskOf(rows);
    await desk.trust.glance([ANN, BEN]);
    const number = (): string => {
      const people = { get: (person: Address) => ({ trust: rows[person as keyof typeof rows] }) };
      return numberWith({ self: ANN, own: { keys }, people } as never, BEN)!;
    };
    deepEqual(await desk.trust.confirmNumber(BEN, `${number()} `), succeeded('different'));
    deepEqual(desk.done, []);
    deepEqual(await desk.trust.confirmNumber(BEN, number()), succeeded('same'));
    deepEqual(desk.trusts(BEN), { 1: 'verified', 2: 'refused' });
  });

  it('or a decision is none that the disk did not take', async () => {
    const desk = Object.assign(deskOf(rows), { commits: FULL });
    deepEqual(await desk.trust.compare(BEN, codeOf(BEN, [1, one])), FULL);
    deepEqual(await desk.trust.decide(BEN, { device: 1, fingerprint: showFingerprint(one), trust: 'accepted' }), FULL);
    for (const [id, key] of [[1, two], [2, one], [3, one]] as const) deepEqual(await desk.trust.decide(BEN, { device: id, fingerprint: showFingerprint(key), trust: 'refused' }), NOT_FOUND); // oxfmt-ignore
  });
});
