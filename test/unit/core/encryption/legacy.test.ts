// Legacy OMEMO beside the newer one: only where a person wants it, only where nothing newer works, and never more than it is.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeysOf } from '../../../../src/contracts/keys.ts';
import type { Address } from '../../../../src/model/account.ts';
import { writeLegacyDevices } from '../../../../src/xmpp/codecs/legacy-omemo.ts';
import { writeDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import {
  NS_LEGACY_OMEMO,
  NS_LEGACY_OMEMO_BUNDLES,
  NS_LEGACY_OMEMO_DEVICES,
  NS_OMEMO_BUNDLES,
  NS_OMEMO_DEVICES,
} from '../../../../src/xmpp/namespaces.ts';
import { child, childrenNamed, writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { encryptedIn, encryptionDevice, quiet, until, type EncryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import { changed, flipped } from '../../../kit/encryption/evil-engine.ts';
import type { KeyServer } from '../../../kit/encryption/key-server.ts';
import { legacyDevices, legacyPair, speakLegacy, writeLegacy } from '../../../kit/encryption/legacy-pair.ts';
import { LIN, MEI, twoDevices } from '../../../kit/encryption/two-devices.ts';

const HOUR = 3_600_000;
const keysIn = (message: Element): readonly Element[] =>
  childrenNamed(child(legacyIn(message), 'header', NS_LEGACY_OMEMO), 'key', NS_LEGACY_OMEMO);
/** Others in place of its keys, the first of which stands for all. */
const withKeys = (message: Element, keys: readonly Element[]): Element =>
  changed(message, 'header', (header) => ({
    ...header,
    children: [...keys, ...header.children.filter((one) => typeof one === 'string' || one.name !== 'key')],
  }));
const legacyIn = (message: Element): Element | undefined => child(message, 'encrypted', NS_LEGACY_OMEMO);

async function keysOf(device: EncryptionDevice, person: Address): Promise<KeysOf> {
  const keys = await device.encryption.trust.read(person);
  ok(keys.ok);
  return keys.value;
}

const olderOf = async (device: EncryptionDevice, person: Address): Promise<KeysOf['devices']> =>
  (await keysOf(device, person)).devices.filter(({ method }) => method === 'legacy');

/** Told to everybody but to the one whose it is. */
function hideNewer(server: KeyServer, whose: EncryptionDevice): void {
  whose.isDown = true;
  server.put(whose.address, NS_OMEMO_DEVICES, writeDevices([]));
}

describe('the older method', () => {
  it('is not spoken before a person says so: nothing of it is published, and what comes in it cannot be read', async () => {
    const { server, mei, lin } = await legacyPair(false);
    equal(mei.encryption.legacy.isOn, false);
    deepEqual(legacyDevices(server, MEI), []);
    ok(!server.asked.some((asked) => asked.startsWith(`${MEI} `) && asked.includes(NS_LEGACY_OMEMO)));
    await speakLegacy(server, mei);
    const message = await writeLegacy(lin, 'hello', MEI);
    await mei.encryption.legacy.switch('off');
    equal(await mei.read(message), 'unknown-method');
    deepEqual(legacyDevices(server, MEI), []);
  });

  it('goes both ways, and says of each message that it was this one', async () => {
    const { mei, lin } = await legacyPair();
    const first = await writeLegacy(mei, 'to an older program', LIN);
    equal(encryptedIn(first), undefined);
    equal(await lin.read(first), 'to an older program');
    for (let turn = 0; turn < 5; turn++) {
      const there = await lin.open(await writeLegacy(mei, `there ${turn}`, LIN));
      const back = await mei.open(await writeLegacy(lin, `back ${turn}`, MEI));
      for (const one of [there, back]) deepEqual(one.outcome === 'opened' && one.protection, { how: 'legacy', trust: 'first-use' });
    }
    equal(await mei.read(await writeLegacy(lin, 'at last', MEI)), 'at last');
  });

  it('is read once, late and out of order', async () => {
    const { mei, lin } = await legacyPair();
    await mei.read(await writeLegacy(lin, 'begun', MEI));
    const messages: Element[] = [];
    for (let at = 0; at < 5; at++) messages.push(await writeLegacy(lin, `words ${at}`, MEI));
    deepEqual(await Promise.all(messages.toReversed().map((one) => mei.read(one))), [4, 3, 2, 1, 0].map((at) => `words ${at}`)); // oxfmt-ignore
    equal(await mei.read(messages[2]!), 'silent');
  });

  it('is read where there are several keys under our number: of others, twice the same, or one after the other', async () => {
    const { mei, lin } = await legacyPair();
    await mei.read(await writeLegacy(lin, 'begun', MEI));
    await lin.read(await writeLegacy(mei, 'heard', LIN));
    const foreign = keysIn(await writeLegacy(lin, 'another', MEI)).map((key) => flipped(key, 20));
    for (const [words, among] of [
      ['behind one of somebody else', (ours: readonly Element[]) => [...foreign, ...ours]],
      ['before one of somebody else', (ours: readonly Element[]) => [...ours, ...foreign]],
      ['twice', (ours: readonly Element[]) => [...ours, ...ours]],
    ] as const) {
      const message = await writeLegacy(lin, words, MEI);
      const several = withKeys(message, among(keysIn(message)));
      equal(await mei.read(several), words);
      equal(await mei.read(several), 'silent');
      equal(await mei.read(message), 'silent');
    }
  });

  it('bears nothing but the words, a key of 16 bytes and its tag', async () => {
    const { mei } = await legacyPair();
    const message = await writeLegacy(mei, 'secret', LIN);
    const names = legacyIn(message)!.children.map((one) => (typeof one === 'string' ? one : one.name));
    deepEqual(names, ['header', 'payload']);
    ok(!writeElement(message).includes('secret'));
  });

  it('is not written where a person has not chosen it', async () => {
    const { mei } = await legacyPair();
    deepEqual(await mei.seal('x', LIN), { ok: false, failure: { kind: 'keys-missing', person: LIN } });
  });

  it('gives way to the newer as soon as there is one', async () => {
    const { mei, lin } = await legacyPair();
    equal(await lin.read(await writeLegacy(mei, 'older', LIN)), 'older');
    delete lin.lacks;
    await lin.online();
    const message = await writeLegacy(mei, 'newer', LIN);
    equal(legacyIn(message), undefined);
    equal(await lin.read(message), 'newer');
  });

  it('writes to the own other devices as well', async () => {
    const { server, clock, mei, lin } = await legacyPair();
    const phone = await encryptionDevice(server, clock, MEI);
    phone.encryption.onOnline('fresh');
    await phone.encryption.legacy.switch('on');
    await until(() => legacyDevices(server, MEI).length === 2);
    clock.advance(HOUR);
    const message = await writeLegacy(mei, 'from the laptop', LIN);
    equal(await lin.read(message), 'from the laptop');
    equal(await phone.read(message), 'from the laptop');
  });

  it('has a device and an identity of its own, and goes on with them after a restart', async () => {
    const { mei, lin } = await legacyPair();
    await mei.read(await writeLegacy(lin, 'begun', MEI));
    const both = (await keysOf(mei, MEI)).devices.filter(({ isThisDevice }) => isThisDevice);
    equal(new Set(both.map(({ id }) => id)).size, 2);
    equal(new Set(both.map(({ fingerprint }) => fingerprint)).size, 2);
    await mei.commit();
    const again = await mei.restart();
    equal(again.encryption.legacy.isOn, true);
    deepEqual((await keysOf(again, MEI)).devices.filter(({ isThisDevice }) => isThisDevice), both); // oxfmt-ignore
    equal(await again.read(await writeLegacy(lin, 'after', MEI)), 'after');
  });

  it('leaves the list with the device, and comes back as another', async () => {
    const { server, mei } = await legacyPair();
    const [before] = legacyDevices(server, MEI);
    deepEqual(await mei.encryption.legacy.switch('off'), { ok: true, value: undefined });
    deepEqual(legacyDevices(server, MEI), []);
    deepEqual(server.items(MEI, `${NS_LEGACY_OMEMO_BUNDLES}${before}`), []);
    await speakLegacy(server, mei);
    notEqual(legacyDevices(server, MEI)[0], before);
    await mei.encryption.leave();
    deepEqual([legacyDevices(server, MEI), server.items(MEI, NS_OMEMO_BUNDLES)], [[], []]);
  });

  it('stays on where the engine cannot be told otherwise', async () => {
    const { server, mei } = await legacyPair();
    const [device] = legacyDevices(server, MEI);
    mei.isDown = true;
    deepEqual(await mei.encryption.legacy.switch('off'), { ok: false, failure: { kind: 'offline' } });
    equal(mei.encryption.legacy.isOn, true);
    deepEqual(legacyDevices(server, MEI), [device]);
  });

  it('is another device too after a copy of the profile was found', async () => {
    const { server, clock, mei, lin } = await legacyPair();
    await mei.read(await writeLegacy(lin, 'begun', MEI));
    await mei.commit();
    const copied = await mei.copyDisk();
    const [before] = legacyDevices(server, MEI);
    mei.encryption.onOnline('fresh');
    await mei.encryption.prepare([LIN]);
    await mei.commit();
    mei.isDown = true;
    const copy = await encryptionDevice(server, clock, MEI, { store: copied });
    await copy.online();
    await until(() => legacyDevices(server, MEI).length > 0 && !legacyDevices(server, MEI).includes(before!));
    ok((await olderOf(copy, MEI)).every(({ id }) => id !== before));
  });
});

describe('lists of older devices', () => {
  it('are heard while it is spoken: who gets a device more is written to at once, and it is told', async () => {
    const { server, clock, mei, lin } = await legacyPair();
    equal(await lin.read(await writeLegacy(mei, 'to one', LIN)), 'to one');
    const tablet = await encryptionDevice(server, clock, LIN, { lacks: NS_OMEMO_DEVICES });
    tablet.encryption.onOnline('fresh');
    await tablet.encryption.legacy.switch('on');
    await until(() => legacyDevices(server, LIN).length === 2);
    await until(() => mei.news.some(({ what, method }) => what === 'new-device' && method === 'legacy'));
    const message = await writeLegacy(mei, 'to both', LIN);
    for (const device of [lin, tablet]) equal(await device.read(message), 'to both');
  });

  it('are not asked for again where they were heard', async () => {
    const { server, mei } = await legacyPair(false);
    const asked = (): number => server.asked.filter((one) => one === `${MEI} items ${LIN} ${NS_LEGACY_OMEMO_DEVICES}`).length;
    await speakLegacy(server, mei);
    equal((await keysOf(mei, LIN)).legacy?.isOnlyWay, true);
    const before = asked();
    server.put(LIN, NS_LEGACY_OMEMO_DEVICES, writeLegacyDevices([]));
    equal((await keysOf(mei, LIN)).legacy?.isOnlyWay, false);
    equal(asked(), before);
  });

  it('without this device bring it back onto its own, but not once it was switched off', async () => {
    const { server, mei } = await legacyPair();
    const [device] = legacyDevices(server, MEI);
    server.put(MEI, NS_LEGACY_OMEMO_DEVICES, writeLegacyDevices([77]));
    await until(() => legacyDevices(server, MEI).includes(device!));
    await mei.encryption.legacy.switch('off');
    await quiet();
    deepEqual(legacyDevices(server, MEI), [77]);
  });
});

describe('trust in the older method', () => {
  it('is decided by its own key, and a comparison counts for no other method', async () => {
    const { mei, lin } = await legacyPair();
    await mei.read(await writeLegacy(lin, 'begun', MEI));
    const [device] = await olderOf(mei, LIN);
    equal(device?.trust, 'first-use');
    const { id, fingerprint } = device;
    const other = fingerprint.replaceAll(/./g, (letter) => (letter === ' ' ? ' ' : '0'));
    const wrong = await mei.encryption.trust.decide(LIN, { device: id, fingerprint: other, trust: 'verified' });
    deepEqual(wrong, { ok: false, failure: { kind: 'not-found' } });
    deepEqual(await mei.encryption.trust.decide(LIN, { device: id, fingerprint, trust: 'verified' }), { ok: true, value: undefined });
    equal((await olderOf(mei, LIN))[0]?.trust, 'verified');
    equal((await keysOf(mei, LIN)).safetyNumber, undefined);
    const opened = await mei.open(await writeLegacy(lin, 'compared', MEI));
    deepEqual(opened.outcome === 'opened' && opened.protection, { how: 'legacy', trust: 'verified' });
  });

  it('reads the code of a program that shows the older keys', async () => {
    const { mei, lin } = await legacyPair();
    await mei.read(await writeLegacy(lin, 'begun', MEI));
    const [device] = await olderOf(mei, LIN);
    const uri = `xmpp:${LIN}?omemo-sid-${device!.id}=${device!.fingerprint.replaceAll(' ', '')}`;
    deepEqual(await mei.encryption.trust.compare(LIN, uri), { ok: true, value: 'same' });
    equal((await olderOf(mei, LIN))[0]?.trust, 'verified');
    const another = `xmpp:${LIN}?omemo-sid-${device!.id}=${'7'.repeat(64)}`;
    deepEqual(await mei.encryption.trust.compare(LIN, another), { ok: true, value: 'different' });
  });

  it('is strict in both once keys were compared in either', async () => {
    const { server, mei, lin } = await twoDevices();
    const shown = await keysOf(mei, LIN);
    await mei.encryption.trust.confirmNumber(LIN, shown.safetyNumber ?? '');
    await speakLegacy(server, lin);
    await speakLegacy(server, mei);
    hideNewer(server, lin);
    await quiet();
    deepEqual(await mei.seal('x', LIN, undefined, true), { ok: false, failure: { kind: 'keys-undecided', person: LIN, devices: 1 } });
    equal((await olderOf(mei, LIN))[0]?.trust, 'undecided');
  });

  it('takes an own device off the list in whichever method it is', async () => {
    const { server, clock, mei } = await legacyPair();
    const mine = legacyDevices(server, MEI);
    server.put(MEI, NS_LEGACY_OMEMO_DEVICES, writeLegacyDevices([...mine, 77]));
    clock.advance(HOUR);
    deepEqual(await mei.encryption.trust.remove(78), { ok: false, failure: { kind: 'not-found' } });
    await mei.encryption.prepare([LIN]);
    deepEqual(await mei.encryption.trust.remove(77), { ok: true, value: undefined });
    deepEqual(legacyDevices(server, MEI), mine);
  });
});

describe('an engine that wants the older method', () => {
  it('hides the newer list: nothing goes by itself, and a person is shown that there was one', async () => {
    const { server, mei, lin } = await twoDevices();
    await lin.read(await mei.write('before', LIN));
    await speakLegacy(server, lin);
    await speakLegacy(server, mei);
    hideNewer(server, lin);
    await quiet();
    deepEqual(await mei.seal('secret', LIN), { ok: false, failure: { kind: 'keys-missing', person: LIN } });
    deepEqual((await keysOf(mei, LIN)).legacy, { isOn: true, isOnlyWay: true, hadNewer: true });
  });

  it('does not answer who has the newer one: then the older is not taken either', async () => {
    const { server, mei } = await legacyPair();
    const ask = server.ask.bind(server);
    server.ask = async (asker, iq) =>
      writeElement(iq).includes(NS_OMEMO_DEVICES) ? { ok: false, failure: { kind: 'no-answer' } } : ask(asker, iq);
    deepEqual(await mei.seal('secret', LIN, undefined, true), { ok: false, failure: { kind: 'no-answer' } });
    deepEqual((await keysOf(mei, MEI)).legacy, { isOn: true, isOnlyWay: false, hadNewer: false });
  });

  it('cuts the tag off the key: refused, and the true message still opens', async () => {
    const { mei, lin } = await legacyPair();
    await mei.read(await writeLegacy(lin, 'begun', MEI));
    const message = await writeLegacy(lin, 'the true one', MEI);
    for (const forged of [
      changed(message, 'key', (one) => ({
        ...one,
        children: [Buffer.from(String(one.children[0]), 'base64').subarray(0, -8).toString('base64')],
      })),
      changed(message, 'key', (one) => flipped(one, 30)),
      changed(message, 'payload', (one) => flipped(one, 3)),
      changed(message, 'iv', (one) => flipped(one, 3)),
      changed(message, 'payload', (one) => ({ ...one, children: [] })),
      changed(message, 'iv', () => undefined),
    ])
      ok(['tampered', 'no-session'].includes(await mei.read(forged)), writeElement(forged));
    equal(await mei.read(message), 'the true one');
  });

  it('puts words in clear beside the seal: they are not among what was opened', async () => {
    const { mei, lin } = await legacyPair();
    const message = await writeLegacy(lin, 'sealed', MEI);
    const beside = {
      ...message,
      children: [...message.children, { name: 'body', namespace: 'jabber:client', attributes: {}, children: ['forged'] }],
    };
    equal(await mei.read(beside), 'sealed');
  });

  it('puts a message of the one method beside one of the other: the newer counts', async () => {
    const { server, mei, lin } = await twoDevices();
    await speakLegacy(server, lin);
    await speakLegacy(server, mei);
    hideNewer(server, lin);
    const older = await writeLegacy(mei, 'older', LIN);
    lin.isDown = false;
    server.put(LIN, NS_OMEMO_DEVICES, writeDevices([{ id: await lin.id() }]));
    const newer = await mei.write('newer', LIN);
    const mixed = { ...newer, children: [...older.children, ...newer.children] };
    const opened = await lin.open(mixed);
    deepEqual(opened.outcome === 'opened' && opened.protection.how, 'omemo-2');
    const broken = {
      ...newer,
      children: [...older.children, ...changed(await mei.write('newer', LIN), 'payload', (one) => flipped(one, 3)).children],
    };
    equal(await lin.read(broken), 'tampered');
    const forOthers = { ...mixed, children: [...older.children, ...changed(newer, 'key', () => undefined).children] };
    equal(await lin.read(forOthers), 'older');
  });

  it('asks nobody in a room for it before a person has chosen it there', async () => {
    const { server, mei } = await legacyPair();
    server.asked.length = 0;
    await mei.encryption.prepare([LIN, 'kim@b.test' as Address]);
    ok(!server.asked.some((asked) => asked.includes(NS_LEGACY_OMEMO)));
    await mei.encryption.prepare([LIN, 'kim@b.test' as Address], true);
    ok(server.asked.some((asked) => asked.includes(NS_LEGACY_OMEMO)));
  });
});
