// Letters of own devices one by one: which are heard, which wait and for how long, what a person is told of them, and that it is told once.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeysOf } from '../../../../../src/contracts/keys.ts';
import { signLabel } from '../../../../../src/core/encryption/exchange/label.ts';
import { agreementOf } from '../../../../../src/core/encryption/primitives/edwards.ts';
import { mintIdentity } from '../../../../../src/core/encryption/primitives/identity.ts';
import type { IdentityPublic } from '../../../../../src/core/encryption/primitives/keys.ts';
import { NOBODY_KNOWN, type AccountTrust, type KnownDevice } from '../../../../../src/core/encryption/trust/decide.ts';
import { markOf } from '../../../../../src/core/encryption/trust/letters.ts';
import { Telling, type TellingNeeds } from '../../../../../src/core/encryption/trust/telling.ts';
import type { Address } from '../../../../../src/model/account.ts';
import { failed } from '../../../../../src/model/failure.ts';
import type { Trust } from '../../../../../src/model/protection.ts';
import type { ToldKeys } from '../../../../../src/xmpp/codecs/trust-message.ts';
import { primitives } from '../../../../kit/encryption/primitives.ts';

const ANN = 'ann@app1.test' as Address;
const BEN = 'ben@app1.test' as Address;
const CAT = 'cat@app1.test' as Address;
const DAN = 'dan@app1.test' as Address;
const kit = primitives(1);
const minted = await Promise.all(Array.from({ length: 4 }, () => mintIdentity(kit)));
const [ours, phone, ben, cat] = minted as [(typeof minted)[0], (typeof minted)[0], (typeof minted)[0], (typeof minted)[0]];
const signed = await signLabel(kit.curves, phone, 'Phone');

const own = (id: number, trust: Trust, toldBy?: number): KnownDevice => ({
  id,
  identity: phone.public,
  trust,
  firstSeenAt: 7,
  isListed: true,
  ...(toldBy !== undefined && { toldBy }),
});
const told = (owner: string, ...trusted: IdentityPublic[]): ToldKeys => ({
  owner,
  trusted: trusted.map((key) => agreementOf(key)!),
  distrusted: [],
});
const aboutBen = [told(BEN, ben.public)];

interface Desk {
  readonly telling: Telling;
  readonly shelf: Map<string, unknown>;
  /** What a person hears, and who is looked at anew. */
  readonly heard: object[];
  readonly strict: Address[];
  devices: readonly KnownDevice[];
  listed: readonly object[];
  stage: string;
  /** How often it set about telling: the engine is asked for the devices first. */
  begun: number;
  /** It has given up its keys, and has no others yet. */
  isBetween: boolean;
  /** Of how many people it wanted to know what is thought of them. */
  looked: number;
  trustOf(person: Address): AccountTrust;
  know(person: Address, trust: AccountTrust): void;
  from(device: number, keys: readonly ToldKeys[], from?: string, to?: string): Promise<void>;
}

function deskOf(...devices: KnownDevice[]): Desk {
  const known = new Map<Address, AccountTrust>();
  const loaded = new Set<Address>([ANN]);
  const trustOf = (person: Address): AccountTrust =>
    person === ANN ? { devices: desk.devices, isStrict: true } : (known.get(person) ?? { devices: [], isStrict: false });
  const desk: Desk = {
    telling: undefined as unknown as Telling,
    shelf: new Map(),
    heard: [],
    strict: [],
    devices,
    listed: [],
    stage: 'online',
    begun: 0,
    looked: 0,
    isBetween: false,
    trustOf,
    know: (person, trust) => void known.set(person, trust),
    from: (device, keys, from = ANN, to = ANN) => desk.telling.hear({ device, from, to, keys }),
  };
  const needs = {
    self: ANN,
    primitives: kit,
    now: () => 42,
    own: { get keys() { return desk.isBetween ? undefined : { identity: ours }; }, row: { strict: [] } }, // oxfmt-ignore
    connection: { state: () => ({ stage: desk.stage }) },
    lists: { learn: async () => ((desk.begun += 1), failed({ kind: 'offline' })) },
    shelf: { get: (name: string) => desk.shelf.get(name), put: (name: string, value: unknown) => void desk.shelf.set(name, value) },
    people: {
      load: async (person: Address) => ((desk.looked += 1), void loaded.add(person)),
      get: (person: Address) => ({ trust: loaded.has(person) ? trustOf(person) : NOBODY_KNOWN, listed: desk.listed }),
      judge: (person: Address, work: (all: AccountTrust) => AccountTrust) => void known.set(person, work(trustOf(person))),
      tell: () => undefined,
    },
    noteStrict: (person: Address) => void desk.strict.push(person),
    tookOver: (news: object) => void desk.heard.push(news),
  } as unknown as TellingNeeds;
  return Object.assign(desk, { telling: new Telling(needs) });
}

const awaits = (desk: Desk, person: Address): unknown[] => (desk.trustOf(person).awaited ?? []).map(({ trust, toldBy }) => [trust, toldBy]);

describe('a letter of an own device', () => {
  it('is heard where its device was compared here, and told of once', async () => {
    const desk = deskOf(own(1, 'verified'));
    await desk.from(1, aboutBen);
    deepEqual([awaits(desk, BEN), desk.strict, desk.heard], [[['verified', 1]], [BEN], [{ people: 1 }]]);
    await desk.from(1, aboutBen);
    equal(desk.heard.length, 1);
    await desk.from(1, [...aboutBen, told(CAT, cat.public)]);
    deepEqual(desk.heard.at(-1), { people: 2 });
  });

  it('to or from another account, of a refused device or an unknown one leaves nothing behind', async () => {
    const desk = deskOf(own(1, 'verified'), own(2, 'refused'));
    await desk.from(1, aboutBen, BEN);
    await desk.from(1, aboutBen, ANN, BEN);
    await desk.from(2, aboutBen);
    await desk.from(3, aboutBen);
    deepEqual([desk.shelf.size, desk.heard, awaits(desk, BEN)], [0, [], []]);
  });

  it('that only refuses makes nobody strict, and is told of as well', async () => {
    const desk = deskOf(own(1, 'verified'));
    await desk.from(1, [{ owner: BEN, trusted: [], distrusted: [agreementOf(ben.public)!] }]);
    deepEqual([awaits(desk, BEN), desk.strict, desk.heard], [[['refused', 1]], [], [{ people: 1 }]]);
  });

  it('lands on what is kept of somebody, and is doubted there, though nobody has looked at it since the start', async () => {
    const met = (trust: Trust, toldBy?: number): AccountTrust => ({ devices: [{ ...own(9, trust, toldBy), identity: ben.public }], isStrict: false }); // oxfmt-ignore
    const taking = deskOf(own(1, 'verified'));
    taking.know(BEN, met('first-use'));
    await taking.from(1, aboutBen);
    const trusts = (desk: Desk): unknown[] => desk.trustOf(BEN).devices.map(({ trust, toldBy }) => [trust, toldBy]);
    deepEqual([trusts(taking), awaits(taking, BEN)], [[['verified', 1]], []]);
    const doubting = deskOf(own(1, 'refused'));
    doubting.know(BEN, met('verified', 1));
    doubting.shelf.set('telling', { taken: { 1: { people: [BEN], at: 1 } } });
    await doubting.telling.settle();
    deepEqual(trusts(doubting), [['undecided', undefined]]);
  });

  it('names its device only by what that has signed', async () => {
    for (const [listed, from] of [
      [{ id: 1, ...signed }, { from: 'Phone' }],
      [{ id: 1, ...signed, label: 'Desk' }, {}],
      [{ id: 2, ...signed }, {}],
    ] as const) {
      const desk = Object.assign(deskOf(own(1, 'verified')), { listed: [listed] });
      await desk.from(1, aboutBen);
      deepEqual(desk.heard, [{ people: 1, ...from }]);
    }
  });

  it('is taken on two thousand people and no more; on those it goes on', async () => {
    const desk = deskOf(own(1, 'verified'));
    const people = [BEN, ...Array.from({ length: 1_998 }, (_, at) => `p${at}@app1.test`)];
    desk.shelf.set('telling', { taken: { 1: { people, at: 1 } } });
    await desk.from(1, [told('new@app1.test', cat.public)]);
    await desk.from(1, [told(CAT, cat.public), ...aboutBen]);
    deepEqual([awaits(desk, 'new@app1.test' as Address).length, awaits(desk, CAT).length, awaits(desk, BEN).length], [1, 0, 1]);
    deepEqual(desk.heard, [{ people: 2_000 }, { people: 2_000 }]);
  });
});

describe('letters that wait for a comparison', () => {
  it('are taken with it, all of them, and dropped with a refusal', async () => {
    const desk = deskOf(own(1, 'undecided'), own(2, 'first-use'), own(3, 'verified', 0));
    for (const id of [1, 2, 3]) await desk.from(id, id === 1 ? aboutBen : [told(id === 2 ? CAT : DAN, cat.public)]);
    await desk.from(1, [told(CAT, cat.public)]);
    await desk.telling.settle();
    deepEqual([awaits(desk, BEN), awaits(desk, CAT), desk.heard], [[], [], []]);
    desk.devices = [own(1, 'verified'), own(2, 'refused'), own(3, 'verified', 0)];
    await desk.telling.settle();
    deepEqual([awaits(desk, BEN), awaits(desk, CAT), desk.heard], [[['verified', 1]], [['verified', 1]], [{ people: 2 }]]);
    desk.devices = desk.devices.map(({ id }) => own(id, 'verified'));
    await desk.telling.settle();
    deepEqual(awaits(desk, CAT), [['verified', 1]], 'what the refused one said is gone');
    deepEqual([awaits(desk, DAN), desk.heard.length], [[['verified', 3]], 2], 'and what the third said waited on');
  });

  it('are of the four devices that wrote last, and of none more keys than two letters hold', async () => {
    const desk = deskOf(...[1, 2, 3, 4, 5].map((id) => own(id, 'undecided')));
    const held = (): Record<number, number> => Object.fromEntries((desk.shelf.get('telling held') as { device: number; keys: unknown[] }[]).map(({ device, keys }) => [device, keys.length])); // oxfmt-ignore
    for (const id of [1, 2, 3, 4, 1, 5]) await desk.from(id, aboutBen);
    deepEqual(held(), { 1: 2, 3: 1, 4: 1, 5: 1 });
    const many = (count: number): ToldKeys[] => [{ ...told(BEN), trusted: Array(count).fill(agreementOf(ben.public)) }];
    await desk.from(4, many(1_997));
    equal(held()[4], 2, 'as many as there is room for');
    await desk.from(4, aboutBen);
    equal(held()[4], 1, 'then the newest alone');
    const refusing = (count: number): ToldKeys[] => many(count).map(({ owner, trusted }) => ({ owner, trusted: [], distrusted: trusted }));
    await desk.from(4, refusing(1_997));
    equal(held()[4], 2, 'of refused ones as many');
    await desk.from(4, refusing(1));
    equal(held()[4], 1);
  });

  it('are not taken while this device has no keys of its own: the next letter says it all again', async () => {
    const desk = deskOf(own(1, 'undecided'));
    await desk.from(1, aboutBen);
    desk.devices = [own(1, 'verified')];
    desk.isBetween = true;
    await desk.telling.settle();
    deepEqual([awaits(desk, BEN), desk.heard], [[], []]);
    desk.isBetween = false;
    await desk.from(1, aboutBen);
    deepEqual(awaits(desk, BEN), [['verified', 1]]);
  });

  it('were told in vain by a device that is no longer trusted', async () => {
    const desk = deskOf(own(1, 'verified'));
    await desk.from(1, aboutBen);
    desk.devices = [own(1, 'accepted')];
    await desk.telling.settle();
    deepEqual([awaits(desk, BEN), desk.trustOf(BEN).isStrict], [[], true]);
    deepEqual((desk.shelf.get('telling') as { taken: object }).taken, {});
  });
});

describe('telling', () => {
  const decidedOn = async (desk: Desk): Promise<Desk> => {
    desk.know(BEN, { devices: [{ ...own(9, 'verified'), identity: ben.public }], isStrict: true });
    desk.telling.decided(BEN);
    await desk.telling.tell();
    return desk;
  };

  it('begins with each listed device that was compared here, as often as it did not come to its end', async () => {
    const desk = await decidedOn(
      deskOf(own(1, 'verified'), own(2, 'verified', 0), own(3, 'accepted'), { ...own(4, 'verified'), isListed: false }),
    );
    equal(desk.begun, 1);
    await desk.telling.tell();
    equal(desk.begun, 2);
  });

  it('begins with nobody where none was compared, nothing was decided, or without the network', async () => {
    const { begun, looked } = await decidedOn(deskOf(own(1, 'accepted')));
    deepEqual([begun, looked], [0, 0], 'nobody is even looked up');
    const undecided = deskOf(own(1, 'verified'));
    await undecided.telling.tell();
    equal(undecided.begun, 0);
    equal((await decidedOn(Object.assign(deskOf(own(1, 'verified')), { stage: 'connecting' }))).begun, 0);
  });

  it('does not say again what was taken, but for a week', async () => {
    for (const [at, begun] of [
      [42, 0],
      [42 - 6 * 86_400_000, 0],
      [42 - 8 * 86_400_000, 1],
    ] as const) {
      const mark = markOf([{ person: BEN, trusted: [ben.public], distrusted: [] }], ours.public, phone.public);
      const desk = deskOf(own(1, 'verified'));
      desk.shelf.set('telling', { told: { 1: { mark, at } } });
      equal((await decidedOn(desk)).begun, begun);
    }
  });
});

describe('what was told as it is shown', () => {
  const shown = (isSelf: boolean): KeysOf => ({ isSelf, devices: [{ id: 1 }, { id: 1, isThisDevice: true }, { id: 1, method: 'legacy' }, { id: 2 }, { id: 3 }] }) as unknown as KeysOf; // oxfmt-ignore

  it('stands with own other devices of this method', () => {
    const desk = deskOf();
    desk.shelf.set('telling', {
      told: { 1: { mark: 'm', at: 5 } },
      taken: { 1: { people: [BEN, CAT], at: 6 }, 2: { people: [BEN], at: 8 } },
    });
    const exchanges = (isSelf: boolean): unknown[] => desk.telling.show(shown(isSelf)).devices.map(({ exchange }) => exchange);
    const both = { toldAt: 5, took: { people: 2, at: 6 } };
    deepEqual(exchanges(true), [both, undefined, undefined, { took: { people: 1, at: 8 } }, undefined]);
    deepEqual(exchanges(false), [undefined, undefined, undefined, undefined, undefined]);
  });

  it('is of everybody who was decided on, once', () => {
    const desk = deskOf();
    for (const person of [BEN, CAT, BEN]) desk.telling.decided(person);
    deepEqual((desk.shelf.get('telling') as { judged: unknown }).judged, [BEN, CAT]);
  });
});
