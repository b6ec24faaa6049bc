// What is told of keys, worked in: the order, the number of times and the pieces in which it comes make no difference to what matters.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { IdentityPublic } from '../../../../../src/core/encryption/primitives/keys.ts';
import { decideOn, meetDevice, NOBODY_KNOWN, verifyDevices, type AccountTrust } from '../../../../../src/core/encryption/trust/decide.ts';
import { lettersOf, markOf } from '../../../../../src/core/encryption/trust/letters.ts';
import { toldOf, withoutWordOf, withTold, type Told } from '../../../../../src/core/encryption/trust/told.ts';
import type { Address } from '../../../../../src/model/account.ts';
import { primitives } from '../../../../kit/encryption/primitives.ts';
import { fc } from '../../../../kit/properties.ts';

const { random } = primitives(1);
const keys = Array.from({ length: 6 }, () => random(32).with(31, 0) as IdentityPublic);
const [one, two, three] = keys as [IdentityPublic, IdentityPublic, IdentityPublic];
const BEN = 'ben@app1.test' as Address;
const trusts = (account: AccountTrust): string[] => account.devices.map(({ trust, toldBy }) => `${trust}${toldBy ? ` by ${toldBy}` : ''}`);
const both = meetDevice(meetDevice(NOBODY_KNOWN, 1, one, 10), 2, two, 20);
const trusted = (...all: IdentityPublic[]): Told => ({ trusted: all, distrusted: [] });
const distrusted = (...all: IdentityPublic[]): Told => ({ trusted: [], distrusted: all });

describe('what an own device tells of somebody’s keys', () => {
  it('compares who came first, and lets the others wait', () => {
    const after = withTold(both, trusted(one), 7);
    deepEqual([trusts(after), after.isStrict], [['verified by 7', 'undecided'], true]);
    equal(withTold(after, trusted(one), 7), after, 'twice is once');
  });

  it('is remembered for a key that nobody has met', () => {
    const told = withTold(withTold(both, trusted(three), 7), distrusted(keys[3]!), 7);
    const met = meetDevice(meetDevice(told, 3, three, 30), 4, keys[3]!, 30);
    deepEqual(trusts(met).slice(2), ['verified by 7', 'refused by 7']);
    deepEqual(met.awaited, []);
  });

  it('never turns a refusal, a person’s word or a comparison into less care', () => {
    const decided = decideOn(decideOn(both, 1, 'refused'), 2, 'accepted');
    deepEqual(trusts(withTold(decided, trusted(one, two), 7)), ['refused', 'accepted']);
    deepEqual(trusts(withTold(verifyDevices(both, [one]), distrusted(one), 7)), ['refused by 7', 'undecided']);
  });

  it('what a person overruled does not come back from the same device; from another it does', () => {
    const overruled = decideOn(withTold(both, distrusted(one), 7), 1, 'accepted');
    equal(withTold(overruled, distrusted(one), 7), overruled);
    deepEqual(trusts(withTold(overruled, distrusted(one), 8))[0], 'refused by 8');
  });

  it('a comparison here stands on its own', () => {
    const compared = verifyDevices(withTold(both, trusted(one), 7), [one]);
    equal(withoutWordOf(compared, 7), compared);
    deepEqual(toldOf(compared).trusted, [one]);
    deepEqual(toldOf(withTold(both, trusted(one), 7)), { trusted: [], distrusted: [] }, 'what was told is not told on');
  });

  it('is doubted with the device that told it, refusals aside', () => {
    const told = withTold(withTold(both, { trusted: [one, three], distrusted: [two] }, 7), trusted(keys[3]!), 8);
    const after = withoutWordOf(told, 7);
    deepEqual(trusts(after), ['undecided', 'refused by 7']);
    deepEqual(after.awaited?.map(({ toldBy }) => toldBy), [8]); // oxfmt-ignore
  });

  it('of hundreds of keys to wait for, refusals are kept', () => {
    const many = Array.from({ length: 400 }, () => random(32).with(31, 0) as IdentityPublic);
    const told = withTold(withTold(both, distrusted(...many.slice(0, 10)), 7), trusted(...many.slice(10)), 7);
    equal(told.awaited?.length, 300);
    equal(told.awaited.filter(({ trust }) => trust === 'refused').length, 10);
    const full = withTold(told, distrusted(...many), 7);
    deepEqual(new Set(full.awaited?.map(({ trust }) => trust)), new Set(['refused']));
    equal(full.awaited?.length, 300);
  });

  it('comes to the same in any order, as often as it may come, and who was refused once is refused', () => {
    const said = fc.record({ key: fc.integer({ min: 0, max: 5 }), isTrusted: fc.boolean(), by: fc.constantFrom(7, 8) });
    const tellAll = (account: AccountTrust, all: readonly { key: number; isTrusted: boolean; by: number }[]): AccountTrust =>
      all.reduce((now, { key, isTrusted, by }) => withTold(now, isTrusted ? trusted(keys[key]!) : distrusted(keys[key]!), by), account);
    const plain = (account: AccountTrust): string[] =>
      [...account.devices, ...(account.awaited ?? [])].map(({ identity, trust }) => `${keys.indexOf(identity)} ${trust}`).toSorted();
    fc.assert(
      fc.property(
        fc
          .array(said, { maxLength: 12 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }))),
        ([all, again]) => {
          // oxfmt-ignore
          const [first, second] = [tellAll(both, all), tellAll(both, again)];
          deepEqual(plain(first), plain(second));
          const refused = new Set(all.filter(({ isTrusted }) => !isTrusted).map(({ key }) => key));
          for (const key of refused) ok(plain(first).includes(`${key} refused`));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('letters', () => {
  const many = Array.from({ length: 400 }, () => random(32).with(31, 0) as IdentityPublic);

  it('hold no more than engines carry, and lose nobody', () => {
    const letters = lettersOf([{ person: BEN, trusted: many, distrusted: [one] }]);
    equal(letters.length, 3);
    const all = letters.flat();
    equal(all.reduce((sum, { trusted: keysOf }) => sum + keysOf.length, 0), 400); // oxfmt-ignore
    equal(letters[0]?.[0]?.distrusted.length, 1, 'refusals first');
    deepEqual(lettersOf([]), []);
  });

  it('are marked by what they say, from whom and to whom', () => {
    const told = [{ person: BEN, trusted: [one, two], distrusted: [] }];
    const mark = markOf(told, keys[3]!, keys[4]!);
    equal(markOf([{ person: BEN, trusted: [two, one], distrusted: [] }], keys[3]!, keys[4]!), mark);
    const others = [markOf(told, keys[4]!, keys[3]!), markOf([{ person: BEN, trusted: [one], distrusted: [two] }], keys[3]!, keys[4]!), markOf([], keys[3]!, keys[4]!)]; // oxfmt-ignore
    equal(new Set([mark, ...others]).size, 4);
  });
});
