// The devices of people as they are known: what is kept, how much of it, and what a person hears of.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { People, type MetDevice } from '../../../../src/core/encryption/devices/people.ts';
import { Keyring } from '../../../../src/core/encryption/keyring.ts';
import type { IdentityPublic } from '../../../../src/core/encryption/primitives/keys.ts';
import { becomeStrict, decideOn, NOBODY_KNOWN, type AccountTrust } from '../../../../src/core/encryption/trust/decide.ts';
import type { KeysNews } from '../../../../src/core/key-ports.ts';
import type { Address } from '../../../../src/model/account.ts';

const LIN = 'lin@b.test' as Address;
const HOUR_MS = 3_600_000;

const keyOf = (byte: number): IdentityPublic => new Uint8Array(32).fill(byte) as IdentityPublic;
const device = (id: number, byte = id): MetDevice => ({ id, identity: keyOf(byte) });
const listOf = (...ids: number[]): { id: number }[] => ids.map((id) => ({ id }));

interface Known {
  people: People;
  /** What was told since this was asked last. */
  told(): KeysNews[];
  /** How many rows were changed since. */
  written(): number;
}

async function known(options: { wasStrict?: boolean; isLoaded?: boolean } = {}): Promise<Known> {
  const { wasStrict = false, isLoaded = true } = options;
  const keyring = new Keyring({ keys: async () => undefined });
  const news: KeysNews[] = [];
  const people = new People(keyring, () => 7, (one) => void news.push(one), () => wasStrict); // oxfmt-ignore
  if (isLoaded) await people.load(LIN);
  return { people, told: () => news.splice(0), written: () => keyring.takeChanged().length };
}

const idsOf = (people: People, person: Address): number[] | undefined => people.get(person).listed?.map(({ id }) => id);

describe('a list of devices that is heard', () => {
  it('of somebody nobody has asked about waits, and the last one counts when they are looked up', async () => {
    const { people, written } = await known({ isLoaded: false });
    people.hear(LIN, listOf(1));
    people.hear(LIN, listOf(2, 3));
    deepEqual([idsOf(people, LIN), written(), people.isLoaded(LIN)], [undefined, 0, false]);
    await people.load(LIN);
    deepEqual([idsOf(people, LIN), written(), people.isLoaded(LIN)], [[2, 3], 1, true]);
    people.list(LIN, listOf(4));
    await people.load(LIN);
    deepEqual(idsOf(people, LIN), [4], 'what had waited does not come back');
  });

  it('counts at once where they are known, and is written only where it says something else', async () => {
    const { people, written } = await known();
    people.hear(LIN, listOf(1, 2));
    deepEqual([idsOf(people, LIN), written()], [[1, 2], 1]);
    people.hear(LIN, listOf(1, 2));
    equal(written(), 0);
    for (const other of [
      listOf(1, 3),
      [{ id: 1 }],
      [{ id: 1, label: 'phone' }],
      [{ id: 1, label: 'phone', labelSignature: new Uint8Array(64) }],
      [{ id: 2 }],
    ]) {
      people.hear(LIN, other as never);
      equal(written(), 1);
    }
  });

  it('waits for five thousand people and no more, but those may still change theirs', async () => {
    const { people } = await known({ isLoaded: false });
    const person = (at: number): Address => `p${at}@c.test` as Address;
    for (let at = 1; at <= 5_001; at++) people.hear(person(at), listOf(at));
    people.hear(person(1), listOf(77));
    for (const at of [1, 5_000, 5_001]) await people.load(person(at));
    deepEqual([idsOf(people, person(1)), idsOf(people, person(5_000)), idsOf(people, person(5_001))], [[77], [5_000], undefined]);
  });

  it('says which of the known devices are still written to', async () => {
    const { people } = await known();
    people.list(LIN, listOf(1));
    people.meet(LIN, [device(1), device(2)]);
    const isListed = (): boolean[] => people.get(LIN).trust.devices.map((one) => one.isListed);
    deepEqual(isListed(), [true, false]);
    people.list(LIN, listOf(2));
    deepEqual(isListed(), [false, true]);
  });
});

describe('a device more', () => {
  it('is news only of somebody whose devices are known, and only where it is none of ours', async () => {
    const { people, written } = await known();
    people.list(LIN, listOf(1, 2));
    equal(people.hasNews(LIN, undefined), false, 'nobody was met yet');
    people.meet(LIN, [device(1)]);
    written();
    people.markMet(LIN);
    equal(written(), 1);
    people.markMet(LIN);
    equal(written(), 0);
    deepEqual([people.hasNews(LIN, undefined), people.hasNews(LIN, 2)], [true, false]);
    people.meet(LIN, [device(2)]);
    equal(people.hasNews(LIN, undefined), false);
  });

  it('is also one that had left the list and is on it again: an engine may hand out a list of before', async () => {
    const { people, told } = await known();
    people.list(LIN, listOf(1, 2, 3));
    people.meet(LIN, [device(1), device(2), device(3)]);
    people.list(LIN, listOf(1));
    people.list(LIN, listOf(1, 2));
    deepEqual(told(), [], 'nobody was met yet');
    people.markMet(LIN);
    people.list(LIN, listOf(1));
    people.list(LIN, listOf(1, 4));
    deepEqual(told(), []);
    people.list(LIN, listOf(1, 2, 3));
    deepEqual(
      told(),
      [2, 3].map((id) => ({ person: LIN, device: id, what: 'new-device' })),
    );
    people.list(LIN, listOf(1, 3, 2));
    people.list(LIN, listOf(1, 3));
    people.list(LIN, listOf());
    people.judge(LIN, (trust) => decideOn(trust, 3, 'refused'));
    told();
    people.list(LIN, listOf(1, 2, 3));
    deepEqual(
      told(),
      [1, 2].map((id) => ({ person: LIN, device: id, what: 'new-device' })),
      'who is refused is not written to',
    );
    deepEqual(people.get(LIN).left, []);
  });

  it('is none that was on no list before it wrote', async () => {
    const { people, told } = await known();
    people.list(LIN, listOf(1));
    people.meet(LIN, [device(1)]);
    people.markMet(LIN);
    people.meet(LIN, [device(2)]);
    deepEqual(told(), [{ person: LIN, device: 2, what: 'new-device' }]);
    people.list(LIN, listOf(1, 2));
    deepEqual([told(), people.get(LIN).left], [[], undefined]);
  });

  it('is told of once everybody who was there is known', async () => {
    const { people, told } = await known();
    people.meet(LIN, [device(1)]);
    deepEqual(told(), []);
    people.markMet(LIN);
    people.meet(LIN, [device(1), device(2)]);
    deepEqual(told(), [{ person: LIN, device: 2, what: 'new-device' }]);
  });

  it('waits for a word where keys were compared, also when the row does not say so', async () => {
    const { people, told } = await known({ wasStrict: true });
    equal(people.get(LIN).trust.isStrict, true);
    people.meet(LIN, [device(1)]);
    deepEqual([told(), people.trustOf(LIN, 1)], [[{ person: LIN, device: 1, what: 'undecided-device' }], 'undecided']);
  });

  it('that an own device had told of is decided', async () => {
    const { people, told } = await known();
    people.adopt(LIN, { devices: [], isStrict: true, awaited: [{ identity: keyOf(1), trust: 'verified', toldBy: 9 }] });
    told();
    people.meet(LIN, [device(1)]);
    deepEqual([told(), people.trustOf(LIN, 1)], [[{ person: LIN, what: 'decided' }], 'verified']);
  });

  it('is one too many after three hundred; those that are known stay', async () => {
    const { people, told } = await known();
    const all = Array.from({ length: 299 }, (_, at) => device(at + 1));
    people.meet(LIN, all);
    deepEqual([people.isFull(LIN, 300), people.isFull(LIN, 299)], [false, false]);
    people.markMet(LIN);
    people.meet(LIN, [device(300)]);
    deepEqual([people.isFull(LIN, 301), people.isFull(LIN, 300)], [true, false]);
    told();
    people.meet(LIN, [device(301)]);
    deepEqual([people.get(LIN).trust.devices.length, people.trustOf(LIN, 301), told()], [300, undefined, []]);
  });
});

describe('another key of a device', () => {
  it('is told once for each key, and nothing is let in', async () => {
    const { people, told } = await known();
    people.meet(LIN, [device(1)]);
    const isAnother = (byte: number): boolean => people.isAnother(LIN, device(1, byte));
    deepEqual([isAnother(1), isAnother(8), isAnother(8), people.isAnother(LIN, device(2, 8))], [false, true, true, false]);
    const once = { person: LIN, device: 1, what: 'other-identity' };
    deepEqual(told(), [once]);
    equal(isAnother(9), true);
    deepEqual(told(), [once]);
    deepEqual([10, 11, 12, 13, 10].map(isAnother), [true, true, true, true, true]);
    deepEqual(told(), [once], 'three of them are enough to know');
    deepEqual(people.get(LIN).trust.devices.map(({ identity }) => [...identity]), [[...keyOf(1)]]); // oxfmt-ignore
    people.meet(LIN, [device(2)]);
    equal(people.isAnother(LIN, device(2, 20)), true);
    deepEqual(told(), [{ ...once, device: 2 }]);
  });
});

describe('what is thought of devices', () => {
  it('is told when a person decides', async () => {
    const { people, told } = await known();
    people.meet(LIN, [device(1)]);
    people.judge(LIN, becomeStrict);
    deepEqual([told(), people.get(LIN).trust.isStrict], [[{ person: LIN, what: 'decided' }], true]);
  });

  it('and comes from another own device fits the list here, and is told where it decides anything', async () => {
    const { people, told } = await known();
    const one = { id: 1, identity: keyOf(1), trust: 'first-use', firstSeenAt: 1, isListed: true } as const;
    const theirs = (isStrict: boolean): AccountTrust => ({ devices: [one, { ...one, id: 2 }], isStrict });
    people.adopt(LIN, theirs(false));
    deepEqual([told(), people.get(LIN).trust], [[], theirs(false)]);
    people.list(LIN, listOf(2));
    people.adopt(LIN, theirs(true));
    deepEqual(told(), [{ person: LIN, what: 'decided' }]);
    deepEqual(people.get(LIN).trust.devices.map(({ isListed }) => isListed), [false, true]); // oxfmt-ignore
  });

  it('begins with nothing', async () => {
    const { people } = await known();
    deepEqual(people.get(LIN), { trust: NOBODY_KNOWN, isMet: false, seen: {} });
  });
});

describe('when a device was last read', () => {
  it('is kept to the hour, never goes back, and is written once an hour', async () => {
    const { people, written } = await known();
    const note = (at: number): [Readonly<Record<string, number>>, number] => {
      people.noteSeen(LIN, 1, at);
      return [people.get(LIN).seen, written()];
    };
    deepEqual(note(10 * HOUR_MS + 5), [{ 1: 10 * HOUR_MS }, 1]);
    deepEqual(note(11 * HOUR_MS - 1), [{ 1: 10 * HOUR_MS }, 0]);
    deepEqual(note(9 * HOUR_MS), [{ 1: 10 * HOUR_MS }, 0]);
    deepEqual(note(11 * HOUR_MS), [{ 1: 11 * HOUR_MS }, 1]);
    people.noteSeen(LIN, 2, 12 * HOUR_MS);
    deepEqual(people.get(LIN).seen, { 1: 11 * HOUR_MS, 2: 12 * HOUR_MS });
  });
});
