// One key under two numbers of an account's list: a decision is one on the key.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeviceKeys } from '../../../../src/contracts/keys.ts';
import type { CarriedTrust } from '../../../../src/core/carried-trust.ts';
import type { IdentityPublic } from '../../../../src/core/encryption/primitives/keys.ts';
import { withCarried } from '../../../../src/core/encryption/trust/carry.ts';
import {
  decideOn,
  meetDevice,
  NOBODY_KNOWN,
  recipientsOf,
  verifyDevices,
  type AccountTrust,
} from '../../../../src/core/encryption/trust/decide.ts';
import { fingerprintOf } from '../../../../src/core/encryption/trust/fingerprint.ts';
import { toldOf, withoutWordOf, withTold } from '../../../../src/core/encryption/trust/told.ts';
import type { Address } from '../../../../src/model/account.ts';
import type { Trust } from '../../../../src/model/protection.ts';
import { readDevices, writeDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { encryptionDevice, type EncryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { primitives } from '../../../kit/encryption/primitives.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { valueOf } from '../../../kit/peer.ts';

const { random } = primitives(1);
const newKey = (): IdentityPublic => random(32).with(31, 0) as IdentityPublic;
const [one, two] = [newKey(), newKey()];
/** Number 1 and number 3 have the same key. */
const thrice = [one, two, one].reduce((all, key, at) => meetDevice(all, at + 1, key, 10), NOBODY_KNOWN);
const trusts = ({ devices }: AccountTrust): string[] =>
  devices.map(({ trust, toldBy }) => (toldBy === undefined ? trust : `${trust} by ${toldBy}`));
const told = (trusted: readonly IdentityPublic[], distrusted: readonly IdentityPublic[]): Parameters<typeof withTold>[1] => ({
  trusted,
  distrusted,
});

describe('a key under two numbers', () => {
  it('is refused, or let in, under each of them', () => {
    for (const number of [1, 3]) {
      const refused = decideOn(thrice, number, 'refused');
      deepEqual(trusts(refused), ['refused', 'first-use', 'refused']);
      deepEqual(recipientsOf(refused), { ok: true, devices: [thrice.devices[1]] });
      deepEqual(trusts(decideOn(refused, number, 'accepted')), ['accepted', 'first-use', 'accepted']);
    }
    equal(decideOn(thrice, 9, 'refused'), thrice);
  });

  it('is what it was once it comes under one more', () => {
    const again = (account: AccountTrust): string | undefined => trusts(meetDevice(account, 4, one, 30)).at(-1);
    const strict = verifyDevices(thrice, [two]);
    deepEqual([again(thrice), again(strict)], ['first-use', 'undecided']);
    deepEqual([again(decideOn(thrice, 1, 'refused')), again(decideOn(strict, 1, 'refused'))], ['refused', 'refused']);
    deepEqual([again(decideOn(strict, 1, 'accepted')), again(verifyDevices(thrice, [one]))], ['accepted', 'verified']);
    deepEqual(again(withTold(thrice, told([], [one]), 7)), 'refused by 7');
    const overruled = decideOn(withTold(thrice, told([], [one]), 7), 1, 'accepted');
    equal(meetDevice(overruled, 4, one, 30).devices.at(-1)?.overruled, 7);
  });

  it('is refused where anybody refused it under any number', () => {
    const parted: AccountTrust = { ...thrice, devices: thrice.devices.map((device, at) => ({ ...device, trust: at === 2 ? 'refused' : 'accepted' })) }; // oxfmt-ignore
    deepEqual(trusts(meetDevice(parted, 4, one, 30)).at(-1), 'refused');
  });

  it('is told of once, and what is told of it holds under each number', () => {
    const refused = withTold(thrice, told([], [one]), 7);
    deepEqual(trusts(refused), ['refused by 7', 'first-use', 'refused by 7']);
    equal(withTold(refused, told([], [one]), 7), refused);
    const compared = withTold(thrice, told([one], []), 7);
    deepEqual(trusts(compared), ['verified by 7', 'undecided', 'verified by 7']);
    deepEqual(trusts(withoutWordOf(compared, 7)), ['undecided', 'undecided', 'undecided']);
    deepEqual(toldOf(verifyDevices(thrice, [one])), { trusted: [one], distrusted: [] });
    deepEqual(toldOf(decideOn(thrice, 3, 'refused')), { trusted: [], distrusted: [one] });
  });

  it('is what a backup thinks of it under each number, and stays refused', () => {
    const brought = (id: number, trust: Trust): CarriedTrust => ({
      person: 'ben@app1.test' as Address,
      isStrict: false,
      devices: [{ id, fingerprint: fingerprintOf(one), trust, firstSeenAt: 5 }],
    });
    deepEqual(trusts(withCarried(thrice, brought(1, 'refused'), undefined)), ['refused', 'first-use', 'refused']);
    deepEqual(trusts(withCarried(thrice, brought(4, 'verified'), undefined)), ['verified by 0', 'first-use', 'verified by 0', 'verified by 0']); // oxfmt-ignore
    const refused = decideOn(thrice, 1, 'refused');
    deepEqual(trusts(withCarried(refused, brought(4, 'verified'), undefined)), ['refused', 'first-use', 'refused', 'refused']);
  });
});

describe('an account that lists its device under another number', () => {
  const MEI = 'mei@a.test' as Address;
  const LIN = 'lin@b.test' as Address;
  const OTHER_NUMBER = 77_777;

  async function twoParties(): Promise<{ mei: EncryptionDevice; lin: EncryptionDevice; listAgain(whose?: Address): Promise<void> }> {
    const [server, clock] = [new KeyServer(), fakeClock()];
    const mei = await encryptionDevice(server, clock, MEI);
    const lin = await encryptionDevice(server, clock, LIN);
    await mei.online();
    await lin.online();
    const listAgain = async (whose = LIN): Promise<void> => {
      const [bundle] = server.items(whose, NS_OMEMO_BUNDLES);
      const [list] = server.items(whose, NS_OMEMO_DEVICES);
      ok(bundle && list);
      server.put(whose, NS_OMEMO_BUNDLES, { ...bundle, id: String(OTHER_NUMBER) });
      server.put(whose, NS_OMEMO_DEVICES, writeDevices([...(readDevices(list) ?? []), { id: OTHER_NUMBER }]));
      await mei.encryption.prepare([LIN]);
    };
    return { mei, lin, listAgain };
  }

  const devicesOf = async (mei: EncryptionDevice): Promise<readonly DeviceKeys[]> => valueOf(await mei.encryption.trust.read(LIN)).devices;
  const refuse = (mei: EncryptionDevice, { id: device, fingerprint }: DeviceKeys): Promise<unknown> =>
    mei.encryption.trust.decide(LIN, { device, fingerprint, trust: 'refused' });

  it('gets nothing for what was refused before', async () => {
    const { mei, lin, listAgain } = await twoParties();
    await refuse(mei, (await devicesOf(mei))[0]!);
    await listAgain();
    deepEqual(
      (await devicesOf(mei)).map(({ trust }) => trust),
      ['refused', 'refused'],
    );
    deepEqual(await mei.seal('for nobody', LIN), { ok: false, failure: { kind: 'keys-missing', person: LIN } });
    for (const device of [mei, lin]) device.encryption.stop();
  });

  it('has both refused with either of them', async () => {
    const { mei, lin, listAgain } = await twoParties();
    await listAgain();
    const devices = await devicesOf(mei);
    deepEqual(
      devices.map(({ trust }) => trust),
      ['first-use', 'first-use'],
    );
    equal(devices[0]?.fingerprint, devices[1]?.fingerprint);
    await refuse(mei, devices[1]!);
    deepEqual(
      (await devicesOf(mei)).map(({ trust }) => trust),
      ['refused', 'refused'],
    );
    equal((await mei.seal('for nobody', LIN)).ok, false);
    for (const device of [mei, lin]) device.encryption.stop();
  });

  it('shows no other device where it is this very one, and holds nothing up', async () => {
    const { mei, lin, listAgain } = await twoParties();
    const [{ id: device, fingerprint } = { id: 0, fingerprint: '' }] = await devicesOf(mei);
    await mei.encryption.trust.decide(LIN, { device, fingerprint, trust: 'verified' });
    await listAgain(MEI);
    const own = valueOf(await mei.encryption.trust.read(MEI)).devices;
    deepEqual(
      own.map(({ isThisDevice }) => isThisDevice),
      [true],
    );
    equal(await lin.read(await mei.write('for lin', LIN)), 'for lin');
    for (const one of [mei, lin]) one.encryption.stop();
  });
});
