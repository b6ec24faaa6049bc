// This device over its life: made, published, tended, rolled back, given up.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { ROLLED_BACK, type OpenedStore } from '../../../../src/core/ports.ts';
import { readBundle, type PublishedBundle } from '../../../../src/xmpp/codecs/omemo-bundle.ts';
import { readDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { encryptionDevice, quiet, until } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { LIN, MEI, twoDevices } from '../../../kit/encryption/two-devices.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';

const DAY_MS = 24 * 3_600_000;

const idsOf = (server: KeyServer, owner: Address): number[] =>
  server.items(owner, NS_OMEMO_DEVICES).flatMap((item) => readDevices(item) ?? []).map(({ id }) => id); // oxfmt-ignore
const bundlesOf = (server: KeyServer, owner: Address): PublishedBundle[] =>
  server.items(owner, NS_OMEMO_BUNDLES).flatMap((item) => readBundle(item) ?? []);
const publications = (server: KeyServer, owner: Address): number =>
  server.asked.filter((one) => one.startsWith(`${owner} publish urn:xmpp:omemo`)).length;
const asFrom = (message: Element, from: Address): Element => ({ ...message, attributes: { ...message.attributes, from } });

describe('publishing', () => {
  it('the bundle is there before the name is on the list, and both once', async () => {
    const { server, mei } = await twoDevices();
    const told = server.asked.filter((one) => one.startsWith(`${MEI} publish urn:xmpp:omemo`));
    deepEqual(told, [`${MEI} publish ${NS_OMEMO_BUNDLES}`, `${MEI} publish ${NS_OMEMO_DEVICES}`]);
    mei.encryption.onOnline('fresh');
    await quiet();
    equal(publications(server, MEI), 2);
    const again = await mei.restart();
    await again.online();
    equal(publications(server, MEI), 2, 'nor after a restart');
    equal(await again.id(), idsOf(server, MEI)[0]);
  });

  it('nothing is told that is not on the disk', async () => {
    const server = new KeyServer();
    const mei = await encryptionDevice(server, fakeClock(), MEI);
    mei.isFull = true;
    mei.encryption.onOnline('fresh');
    await quiet();
    await quiet();
    equal(publications(server, MEI), 0);
  });

  it('waits until the archive is read, and nothing is made before', async () => {
    const server = new KeyServer();
    const mei = await encryptionDevice(server, fakeClock(), MEI);
    mei.encryption.setCatchingUp(true);
    mei.encryption.onOnline('fresh');
    await quiet();
    deepEqual([server.asked, await mei.store.keys('own')], [[], undefined]);
    mei.encryption.setCatchingUp(false);
    await until(() => idsOf(server, MEI).length === 1);
  });

  it('whoever takes it off the list by mistake is corrected, but not for ever', async () => {
    const { server, mei } = await twoDevices();
    const id = await mei.id();
    server.onPublished((owner, node, items) => {
      if (owner === MEI && node === NS_OMEMO_DEVICES && items.some((item) => readDevices(item)?.some((one) => one.id === id)))
        emptyList(server, MEI);
    });
    emptyList(server, MEI);
    await until(() => publications(server, MEI) > 3);
    await quiet();
    ok(publications(server, MEI) < 12, `${publications(server, MEI)} publications`);
  });

  it('tries again later where the engine refuses', async () => {
    const server = new KeyServer();
    const clock = fakeClock();
    const mei = await encryptionDevice(server, clock, MEI);
    server.refuses = NS_OMEMO_BUNDLES;
    mei.encryption.onOnline('fresh');
    await until(() => clock.pending() > 0);
    deepEqual(idsOf(server, MEI), [], 'a name without keys would be a trap');
    delete server.refuses;
    clock.advance(60_000);
    await until(() => idsOf(server, MEI).length === 1);
  });
});

describe('own keys', () => {
  it('a used prekey leaves the bundle a moment later, and many are replaced', async () => {
    const { server, clock, mei } = await twoDevices();
    const before = bundlesOf(server, MEI)[0]!.preKeys.map(({ id }) => id);
    equal(before.length, 100);
    for (let at = 0; at < 45; at++) {
      const stranger = await encryptionDevice(server, clock, `s${at}@c.test`);
      equal(await mei.read(await stranger.write('hi', MEI)), 'hi');
      stranger.encryption.stop();
    }
    const after = bundlesOf(server, MEI)[0]!.preKeys.map(({ id }) => id);
    equal(after.length, 96, 'filled up once on the way');
    ok(after.filter((id) => before.includes(id)).length < 60, 'what was used is gone for good');
  });

  it('two that took the same prekey are both read within ten minutes, and not after', async () => {
    const { server, clock, mei } = await twoDevices();
    const [bundle] = server.items(MEI, NS_OMEMO_BUNDLES);
    const onlyOne = keepOnePreKey(bundle!.payload!);
    server.lie = ({ node, owner, items }) =>
      owner === MEI && node === NS_OMEMO_BUNDLES ? [{ id: items[0]!.id, payload: onlyOne }] : items;
    const said: Element[] = [];
    for (const name of ['one', 'two', 'three']) said.push(await (await encryptionDevice(server, clock, `${name}@c.test`)).write(name, MEI));
    equal(await mei.read(said[0]!), 'one');
    clock.advance(5 * 60_000);
    await quiet();
    equal(await mei.read(said[1]!), 'two');
    clock.advance(6 * 60_000);
    await quiet();
    equal(await mei.read(said[2]!), 'no-session');
  });

  it('the signed prekey is another after a fortnight, and what was under way is read', async () => {
    const { server, clock, mei, lin } = await twoDevices();
    const [before] = bundlesOf(server, MEI);
    const under = await lin.write('under way', MEI);
    for (let day = 0; day < 15; day++) {
      clock.advance(DAY_MS);
      await quiet();
    }
    await until(() => bundlesOf(server, MEI)[0]!.signed.id !== before!.signed.id);
    equal(await mei.read(under, { sentAt: clock.now() - 15 * DAY_MS }), 'under way');
  });
});

describe('answers that nobody writes', () => {
  it('tell that a key exchange arrived, and from then on it is left out', async () => {
    const { mei, lin } = await twoDevices();
    equal(await lin.read(await mei.write('one', LIN)), 'one');
    await until(() => lin.sent.length === 1);
    ok(writeElement(await mei.write('two', LIN)).includes('kex='));
    const [answer] = lin.sent;
    ok(writeElement(answer!).includes('urn:xmpp:hints'), 'it is kept for whoever is away');
    equal(await mei.read(asFrom(answer!, LIN)), 'silent');
    ok(!writeElement(await mei.write('three', LIN)).includes('kex='));
    equal(await lin.read(asFrom(answer!, LIN)), 'silent', 'its own, come back from the archive');
  });

  it('let the other begin a new chain after 54 messages', async () => {
    const { mei, lin } = await twoDevices();
    equal(await lin.read(await mei.write('one', LIN)), 'one');
    equal(await mei.read(await lin.write('two', MEI)), 'two');
    await until(() => lin.sent.length === 1);
    lin.sent.length = 0;
    for (let at = 0; at < 54; at++) await lin.read(await mei.write(`m${at}`, LIN));
    await until(() => lin.sent.length === 1);
    equal(await mei.read(asFrom(lin.sent[0]!, LIN)), 'silent');
  });

  it('go to nobody who may not know that this device is there; words are an answer as well', async () => {
    const server = new KeyServer();
    const clock = fakeClock();
    const mei = await encryptionDevice(server, clock, MEI, { mayAnswer: () => false });
    const lin = await encryptionDevice(server, clock, LIN);
    await mei.online();
    await lin.online();
    await mei.read(await lin.write('do you see me?', MEI));
    mei.encryption.onOnline('fresh');
    await quiet();
    deepEqual(mei.sent, []);
    equal(await lin.read(await mei.write('yes', LIN)), 'yes');
    ok(!writeElement(await lin.write('good', MEI)).includes('kex='));
  });

  it('wait for a stream and for the archive, over a restart', async () => {
    const { mei, lin } = await twoDevices();
    lin.encryption.setCatchingUp(true);
    await lin.read(await mei.write('one', LIN));
    lin.isDown = true;
    lin.encryption.setCatchingUp(false);
    await lin.commit();
    await quiet();
    equal(lin.sent.length, 0);
    const again = await lin.restart();
    await again.online();
    await until(() => again.sent.length === 1);
  });

  it('leave nothing that is not on the disk', async () => {
    const { mei, lin } = await twoDevices();
    const first = await mei.write('one', LIN);
    lin.isFull = true;
    await lin.read(first);
    await quiet();
    equal(lin.sent.length, 0);
  });
});

describe('a rollback', () => {
  const mark = (store: OpenedStore): Promise<unknown> => store.commit({ keys: [{ name: ROLLED_BACK, value: 'older-copy' }] });

  it('makes another device: no old key is used again, the old one leaves the list', async () => {
    const { server, mei, lin } = await twoDevices();
    equal(await lin.read(await mei.write('one', LIN)), 'one');
    const before = await mei.id();
    await mark(mei.store);
    const again = await mei.restart();
    await again.online();
    notEqual(await again.id(), before);
    deepEqual(idsOf(server, MEI), [await again.id()]);
    deepEqual(
      bundlesOf(server, MEI).map(({ device }) => device),
      [await again.id()],
    );
    equal(await lin.read(await again.write('two', LIN)), 'two', 'by a session of its own');
    equal(await again.read(await lin.write('three', MEI)), 'three');
    const id = await again.id();
    const third = await again.restart();
    equal(await third.id(), id, 'once');
  });

  it('keeps what was decided on others', async () => {
    const { mei, lin } = await twoDevices();
    await mei.write('one', LIN);
    const keys = await mei.encryption.trust.read(LIN);
    ok(keys.ok);
    const { id: device, fingerprint } = keys.value.devices[0]!;
    await mei.encryption.trust.decide(LIN, { device, fingerprint, trust: 'verified' });
    await mark(mei.store);
    const again = await mei.restart();
    await again.online();
    const sealed = await again.seal('two', LIN);
    deepEqual(sealed.ok && sealed.value.protection, { how: 'omemo-2', trust: 'verified' });
    void lin;
  });
});

describe('giving this device up', () => {
  it('takes it off the list, and it does not come back by itself', async () => {
    const { server, mei, lin } = await twoDevices();
    await mei.encryption.leave();
    await quiet();
    deepEqual([idsOf(server, MEI), bundlesOf(server, MEI)], [[], []]);
    deepEqual(await lin.seal('x', MEI), { ok: false, failure: { kind: 'keys-missing', person: MEI } });
  });

  it('does not wait for an engine that is silent', async () => {
    const { clock, mei, server } = await twoDevices();
    server.isSilent = true;
    const leaving = mei.encryption.leave();
    await quiet();
    clock.advance(3_000);
    await leaving;
  });
});

function emptyList(server: KeyServer, owner: Address): void {
  const other = { id: 'current', payload: { name: 'devices', namespace: 'urn:xmpp:omemo:2', attributes: {}, children: [] } };
  server.put(owner, NS_OMEMO_DEVICES, other);
}

function keepOnePreKey(bundle: Element): Element {
  const children = bundle.children.map((one) =>
    typeof one !== 'string' && one.name === 'prekeys' ? { ...one, children: one.children.slice(0, 1) } : one,
  );
  return { ...bundle, children };
}
