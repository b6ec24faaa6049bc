// The keys of this device that others begin sessions with: their numbers, how many there are, when they are replaced.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bundleOf } from '../../../../src/core/encryption/exchange/bundle.ts';
import {
  fillUp,
  isRotationDue,
  mintOwnKeys,
  noteUsed,
  PREKEYS_WANTED,
  rotateSigned,
  withoutHidden,
  withPreKeyUsed,
  type PreKey,
} from '../../../../src/core/encryption/exchange/own-keys.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import { OwnParty } from '../../../kit/encryption/party.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';

describe('the keys of this device', () => {
  it('are a hundred with numbers of their own, signed by the device', async () => {
    const kit = primitives(1);
    const keys = await mintOwnKeys(kit, 5);
    equal(new Set(keys.preKeys.map(({ id }) => id)).size, PREKEYS_WANTED);
    ok(keys.deviceId > 0 && keys.deviceId < 2 ** 31);
    ok(await kit.curves.verify(keys.identity.public, keys.signed.pair.public, keys.signed.signature));
  });

  it('take a number that no other device of the account has', async () => {
    const [first, second] = [await mintOwnKeys(primitives(1), 5), await mintOwnKeys(primitives(2), 5)];
    const taken = await mintOwnKeys(primitives(1), 5, (id) => id === first.deviceId);
    ok(taken.deviceId !== first.deviceId && second.deviceId !== first.deviceId);
  });

  it('are filled up with new numbers', async () => {
    const keys = await mintOwnKeys(primitives(1), 5);
    const fewer = { ...keys, preKeys: keys.preKeys.slice(40) };
    const filled = await fillUp(primitives(2), fewer);
    equal(filled.preKeys.length, PREKEYS_WANTED);
    deepEqual(
      filled.preKeys.slice(60).map(({ id }) => id),
      Array.from({ length: 40 }, (_, at) => 101 + at),
    );
    equal(await fillUp(primitives(3), filled), filled);
  });

  it('begin again with the first number after the last', async () => {
    const keys = { ...(await mintOwnKeys(primitives(1), 5)), nextId: 2 ** 31 - 2 };
    const filled = await fillUp(primitives(2), { ...keys, preKeys: keys.preKeys.slice(3) });
    deepEqual([filled.preKeys.slice(97).map(({ id }) => id), filled.nextId], [[2 ** 31 - 2, 2 ** 31 - 1, 1], 2]);
    const signed = { ...keys.signed, id: 2 ** 31 - 1 };
    equal((await rotateSigned(primitives(3), { ...keys, signed }, 9)).signed.id, 1);
  });

  it('are filled up for the sake of one as well', async () => {
    const keys = await mintOwnKeys(primitives(1), 5);
    equal((await fillUp(primitives(2), { ...keys, preKeys: keys.preKeys.slice(1) })).preKeys.length, PREKEYS_WANTED);
  });

  it('bear a device number of 31 bits that is not nought, whatever chance says', async () => {
    const kit = primitives(1);
    for (const [words, id] of [
      [[0xff_ff_ff_ff], 2 ** 31 - 1],
      [[0x80_00_00_00, 0, 7], 7],
      [[1], 1],
    ] as const) {
      const said = [...words];
      const random = (count: number): Uint8Array<ArrayBuffer> => {
        if (count !== 4) return kit.random(count);
        const bytes = new Uint8Array(4);
        new DataView(bytes.buffer).setUint32(0, said.shift() ?? 9);
        return bytes;
      };
      equal((await mintOwnKeys({ ...kit, random }, 0)).deviceId, id);
    }
  });

  it('that were used are noted with the first moment that is known, and go when that is long enough ago', async () => {
    const minted = await mintOwnKeys(primitives(1), 0);
    const [first, second] = minted.preKeys as [PreKey, PreKey];
    const once = noteUsed(withPreKeyUsed(minted, first.id), 1_000);
    const twice = noteUsed(withPreKeyUsed(once, second.id), 2_000);
    deepEqual(twice.hidden, [{ ...first, usedAt: 1_000 }, { ...second, usedAt: 2_000 }]); // oxfmt-ignore
    deepEqual(withoutHidden(twice, 1_000).hidden, twice.hidden);
    deepEqual(withoutHidden(twice, 1_001).hidden, [{ ...second, usedAt: 2_000 }]);
    deepEqual(withPreKeyUsed(twice, second.id), twice, 'a hidden one is not hidden again');
    deepEqual(withoutHidden(withPreKeyUsed(minted, first.id), 1).hidden, [], 'of one that was used nobody knows when');
  });

  it('are replaced as well where the clock was set far back', async () => {
    const day = 24 * 3_600_000;
    const keys = await mintOwnKeys(primitives(1), 100 * day);
    deepEqual([isRotationDue(keys, 87 * day), isRotationDue(keys, 86 * day)], [false, true]);
  });

  it('the signed one is replaced after a fortnight, and the old one still read', async () => {
    const [one, other] = [await OwnParty.make(primitives(1), OMEMO_2), await OwnParty.make(primitives(2), OMEMO_2)];
    const underWords = new Uint8Array(48).fill(7);
    const day = 24 * 3_600_000;
    deepEqual([isRotationDue(other.own, 13 * day), isRotationDue(other.own, 14 * day)], [false, true]);
    await one.begin(await other.bundle());
    const underWay = await one.seal(underWords);
    other.own = await rotateSigned(primitives(8), other.own, 14 * day);
    ok(!isRotationDue(other.own, 15 * day));
    equal(bundleOf(other.own).signed.id, 2);
    const twice = await OwnParty.make(primitives(9), OMEMO_2, await rotateSigned(primitives(9), other.own, 28 * day));
    deepEqual(await other.open(underWay), { plaintext: underWords });
    equal(await twice.open(underWay), 'refused');
    equal(twice.why(), 'unknown-prekey');
  });
});
