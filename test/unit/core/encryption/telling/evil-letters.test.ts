// Letters about keys from those who have no business to write any: none changes what is thought of anybody.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CarriedDevice } from '../../../../../src/core/carried-trust.ts';
import { agreementOf } from '../../../../../src/core/encryption/primitives/edwards.ts';
import { readFingerprint } from '../../../../../src/core/encryption/trust/fingerprint.ts';
import { writeTrustMessage, type ToldKeys } from '../../../../../src/xmpp/codecs/trust-message.ts';
import { NS_CLIENT } from '../../../../../src/xmpp/namespaces.ts';
import { element, writeElement, type Element } from '../../../../../src/xmpp/xml.ts';
import {
  ANN,
  BEN,
  decide,
  keysOf,
  ownDevices,
  scan,
  sendSealed,
  thisDevice,
  thought,
  type OwnDevices,
} from '../../../../kit/encryption/own-devices.ts';
import type { SealedDevice } from '../../../../kit/encryption/sealed-device.ts';

async function keyOf(device: SealedDevice): Promise<ToldKeys['trusted'][number]> {
  const { fingerprint } = await thisDevice(device);
  const identity = readFingerprint(fingerprint.replaceAll(' ', ''));
  const key = identity && agreementOf(identity);
  if (!key) throw new Error('no key');
  return key;
}

const told = (owner: string, trusted: ToldKeys['trusted'], distrusted: ToldKeys['trusted'] = []): Element =>
  writeTrustMessage([{ owner, trusted, distrusted }]);

async function compared(): Promise<OwnDevices> {
  const world = await ownDevices();
  equal(await scan(world.one, world.two), 'same');
  equal(await scan(world.two, world.one), 'same');
  await world.rest();
  return world;
}

describe('a letter about keys', () => {
  it('from a contact says nothing, whomever it is about', async () => {
    const { one, two, ben, rest } = await compared();
    for (const [owner, key] of [
      [BEN, await keyOf(ben)],
      [ANN, await keyOf(one)],
    ] as const)
      await sendSealed(ben, ANN, [told(owner, [key]), told(owner, [], [key])]);
    await rest();
    for (const device of [one, two]) {
      equal(await thought(device, ben), 'first-use');
      equal(await thought(device, device === one ? two : one), 'verified');
      deepEqual([await device.thread(BEN), device.told], [[], []]);
    }
  });

  it('from a contact, carried as if an own device had sent it, is an attempt', async () => {
    const { one, two, ben, engine, rest } = await compared();
    await sendSealed(ben, ANN, [told(BEN, [await keyOf(ben)])]);
    await rest();
    const letter = engine.archiveOf(ANN).findLast(({ other }) => other === BEN)!.message;
    for (const device of [one, two])
      device.line.deliver({ ...letter, attributes: { ...letter.attributes, from: `${ANN}/two`, to: ANN, id: 'moved' } });
    await rest();
    for (const device of [one, two]) {
      equal(await thought(device, ben), 'first-use');
      deepEqual([await device.thread(ANN), device.told], [[], []]);
    }
  });

  it('from an own device that nobody compared waits, and goes with it when it is refused', async () => {
    const { one, ben, join, rest } = await ownDevices();
    const thief = await join(`${ANN}/thief`);
    await sendSealed(thief, ANN, [told(BEN, [await keyOf(ben)])]);
    await rest();
    equal(await thought(one, ben), 'first-use');
    await decide(one, thief, 'refused');
    await rest();
    await decide(one, thief, 'accepted');
    await rest();
    equal(await thought(one, ben), 'first-use');
    await decide(one, thief, 'verified');
    await rest();
    equal(await thought(one, ben), 'first-use', 'what waited was dropped');
    deepEqual(one.told, []);
  });

  it('from own devices without number fills nothing', async () => {
    const { one, ben, join, rest } = await ownDevices();
    const key = await keyOf(ben);
    const first = await join(`${ANN}/d0`);
    await sendSealed(first, ANN, [told(BEN, [key])]);
    await rest();
    for (const name of ['d1', 'd2', 'd3', 'd4']) {
      await sendSealed(await join(`${ANN}/${name}`), ANN, [told(BEN, [key])]);
      await rest();
    }
    await decide(one, first, 'verified');
    await rest();
    equal(await thought(one, ben), 'first-use', 'four devices are waited for, the oldest went');
    deepEqual(one.errors, []);
  });

  it('played again, turned back or in two pieces is silent', async () => {
    const { one, two, ben, engine, rest } = await compared();
    await scan(one, ben);
    await rest();
    equal(two.told.length, 1);
    await decide(two, ben, 'accepted');
    for (const { message } of [...engine.archiveOf(ANN)]) for (const device of [one, two]) device.line.deliver(message);
    await rest();
    equal(await thought(two, ben), 'accepted');
    equal(two.told.length, 1);
    for (const device of [one, two]) deepEqual([await device.thread(ANN), device.errors], [[], []]);
  });

  it('about the own account compares nobody, and never refuses the device that reads it', async () => {
    const { one, two, join, rest } = await compared();
    const three = await join(`${ANN}/three`);
    for (const device of [one, two]) await keysOf(device, ANN);
    await decide(one, three, 'accepted');
    await sendSealed(one, ANN, [told(ANN, [await keyOf(three)]), told(ANN, [], [await keyOf(two)])]);
    await rest();
    equal(await thought(two, three), 'undecided');
    deepEqual((await keysOf(two, ANN)).devices.find(({ isThisDevice }) => isThisDevice)?.trust, 'verified');
    deepEqual(two.told, []);
  });

  it('about what is nobody’s address is not heeded', async () => {
    const { one, two, ben, rest } = await compared();
    const key = await keyOf(ben);
    await sendSealed(one, ANN, [`${BEN}/one`, 'app1.test', 'BEN@app1.test', '@', ' '].map((owner) => told(owner, [key], [key]))); // oxfmt-ignore
    await rest();
    equal(await thought(two, ben), 'first-use');
    deepEqual(two.told, []);
  });

  it('with ten thousand keys is none, and with two of them broken neither', async () => {
    const { one, two, ben, rest } = await compared();
    const key = await keyOf(ben);
    await sendSealed(one, ANN, [
      told(
        BEN,
        Array.from({ length: 10_000 }, () => key),
      ),
    ]);
    await sendSealed(one, ANN, [told(BEN, [key, key.slice(1)])]);
    const other = { ...told(BEN, [key]), attributes: { usage: 'urn:xmpp:atm:1', encryption: 'urn:xmpp:openpgp:0' } };
    await sendSealed(one, ANN, [other]);
    await rest();
    equal(await thought(two, ben), 'first-use');
    deepEqual(two.told, []);
  });

  it('does not bring back whom a person refused here', async () => {
    const { one, two, ben, rest } = await compared();
    await decide(two, ben, 'refused');
    await sendSealed(one, ANN, [told(BEN, [await keyOf(ben)])]);
    await rest();
    equal(await thought(two, ben), 'refused');
  });

  it('that says both of one key refuses it', async () => {
    const { one, two, ben, rest } = await compared();
    const key = await keyOf(ben);
    await sendSealed(one, ANN, [told(BEN, [key], [key])]);
    await rest();
    equal(await thought(two, ben), 'refused, told');
  });

  it('in clear, or beside a seal, is not read', async () => {
    const { one, two, ben, engine, rest } = await compared();
    const letter = told(BEN, [await keyOf(ben)]);
    const clear = element('message', NS_CLIENT, { type: 'chat', from: `${ANN}/one`, to: ANN, id: 'clear' }, [letter]);
    two.line.deliver(clear);
    await sendSealed(one, ANN, [element('body', NS_CLIENT, {}, ['words'])]);
    await rest();
    const sealed = engine.archiveOf(ANN).at(-1)!.message;
    two.line.deliver({ ...sealed, attributes: { ...sealed.attributes, id: 'beside' }, children: [...sealed.children, letter] });
    await rest();
    equal(await thought(two, ben), 'first-use');
    deepEqual(two.told, []);
    ok(!writeElement(sealed).includes('urn:xmpp:tm:1'));
  });

  it('goes to no device that was slipped in on both sides: a code compares the one that shows it', async () => {
    const { one, two, join, rest } = await ownDevices();
    const thief = await join(`${ANN}/thief`);
    for (const device of [one, two]) await keysOf(device, ANN);
    await rest();
    equal(await scan(one, two), 'same');
    await rest();
    equal(await thought(one, thief), 'undecided');
    const { ownKeys } = await keysOf(two, BEN);
    ok(ownKeys.split('omemo-sid').length > 3, 'as it is shown to others it names all of them');
    equal((await one.encryption.trust.compare(ANN, ownKeys)).ok, true);
    equal(await thought(one, thief), 'undecided');
  });

  it('a backup compares own devices for nobody: their letters wait for a comparison', async () => {
    const { one, two, ben, rest } = await ownDevices();
    const { id, fingerprint } = await thisDevice(one);
    const device: CarriedDevice = { id, fingerprint: fingerprint.replaceAll(' ', ''), trust: 'verified', firstSeenAt: 1 };
    await two.encryption.trust.takeCarried([{ person: ANN, isStrict: true, devices: [device] }]);
    equal(await thought(two, one), 'verified, told');
    await sendSealed(one, ANN, [told(BEN, [await keyOf(ben)])]);
    await rest();
    equal(await thought(two, ben), 'first-use');
    equal(await scan(two, one), 'same');
    await rest();
    equal(await thought(two, ben), 'verified, told');
  });
});
