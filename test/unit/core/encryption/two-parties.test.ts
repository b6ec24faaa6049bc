// Encryption of whole accounts, one to one: what each device reads, what travels, and what is left when a core dies.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { readDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { isEncryptionName } from '../../../../src/xmpp/codecs/encrypted.ts';
import { writeElement } from '../../../../src/xmpp/xml.ts';
import { arrivalOf, encryptionDevice, quiet } from '../../../kit/encryption/encryption-device.ts';
import { LIN, MEI, twoDevices } from '../../../kit/encryption/two-devices.ts';

describe('two people', () => {
  it('read what the other wrote, in both directions, and nobody on the way does', async () => {
    const { mei, lin } = await twoDevices();
    const first = await mei.write('one two three', LIN);
    ok(!writeElement(first).includes('one two three'));
    equal(await lin.read(first), 'one two three');
    const answer = await lin.write('four', MEI);
    equal(await mei.read(answer), 'four');
    for (let turn = 0; turn < 5; turn++) {
      equal(await lin.read(await mei.write(`m${turn}`, LIN)), `m${turn}`);
      equal(await mei.read(await lin.write(`l${turn}`, MEI)), `l${turn}`);
    }
    deepEqual([...mei.errors, ...lin.errors], []);
  });

  it('whose lists are heard while a message is opened: no step goes to the disk before its words', async () => {
    const { mei, lin } = await twoDevices();
    const message = await mei.write('hello', LIN);
    await lin.commit();
    await lin.encryption.turn(async (ratchets) => {
      await ratchets.open(arrivalOf(message, Date.now()));
      lin.encryption.hearDevices('kim@c.test' as Address, []);
      await lin.encryption.canEncryptFor(MEI);
      deepEqual(lin.waiting(), []);
      ok(ratchets.takeChanged().some(({ name }) => name.startsWith('session')));
    });
    const decided = lin.encryption.trust.read(MEI);
    ok((await decided).ok);
  });

  it('on an engine that knows fewer options as well', async () => {
    const { server, mei, lin } = await twoDevices(true);
    equal(await lin.read(await mei.write('hello', LIN)), 'hello');
    ok(server.asked.includes(`${MEI} create ${NS_OMEMO_BUNDLES}`));
  });

  it('say how they trust: first use, not verified', async () => {
    const { mei, lin } = await twoDevices();
    const opened = await lin.open(await mei.write('hello', LIN));
    deepEqual(opened.outcome === 'opened' && opened.protection, { how: 'omemo-2', trust: 'first-use' });
    const sealed = await lin.seal('hi', MEI);
    deepEqual(sealed.ok && sealed.value.protection, { how: 'omemo-2', trust: 'first-use' });
  });

  it('a repeat is silent, before and after a restart', async () => {
    const { mei, lin } = await twoDevices();
    const first = await mei.write('one', LIN);
    equal(await lin.read(first), 'one');
    equal(await lin.read(first), 'silent');
    await lin.write('committed', MEI);
    const again = await lin.restart();
    equal(await again.read(first), 'silent');
    equal(await again.read(await mei.write('two', LIN)), 'two');
  });

  it('what was opened but not kept is opened again from the disk', async () => {
    const { mei, lin } = await twoDevices();
    equal(await lin.read(await mei.write('one', LIN)), 'one');
    await lin.write('committed', MEI);
    const second = await mei.write('two', LIN);
    equal(await lin.read(second), 'two');
    const again = await lin.restart();
    equal(await again.read(second), 'two');
  });

  it('late, out of order and lost', async () => {
    const { mei, lin } = await twoDevices();
    const said = [];
    for (let at = 0; at < 6; at++) said.push(await mei.write(`m${at}`, LIN));
    for (const at of [5, 1, 0, 4, 3]) equal(await lin.read(said[at]!), `m${at}`);
    equal(await lin.read(await mei.write('after', LIN)), 'after');
    equal(await lin.read(said[2]!), 'm2');
  });

  it('both begin at once and go on', async () => {
    const { mei, lin } = await twoDevices();
    const [one, other] = await Promise.all([mei.write('from mei', LIN), lin.write('from lin', MEI)]);
    equal(await lin.read(one), 'from mei');
    equal(await mei.read(other), 'from lin');
    await quiet();
    for (const answer of mei.sent.splice(0))
      equal(await lin.read({ ...answer, attributes: { ...answer.attributes, from: MEI } }), 'silent');
    for (let turn = 0; turn < 3; turn++) {
      equal(await lin.read(await mei.write(`m${turn}`, LIN)), `m${turn}`);
      equal(await mei.read(await lin.write(`l${turn}`, MEI)), `l${turn}`);
    }
  });

  it('lists and bundles are fetched in one flight, once', async () => {
    const { server, mei } = await twoDevices();
    server.asked.length = 0;
    await mei.write('one', LIN);
    await mei.write('two', LIN);
    deepEqual(server.asked, [`${MEI} items ${LIN} ${NS_OMEMO_BUNDLES}`], 'the list was heard');
  });

  it('a turn waits for the network no longer than it must: what was prepared needs none', async () => {
    const { server, mei, lin } = await twoDevices();
    await mei.encryption.prepare([LIN]);
    server.asked.length = 0;
    equal(await lin.read(await mei.write('hello', LIN)), 'hello');
    deepEqual(server.asked.filter((one) => one.startsWith(MEI)), []); // oxfmt-ignore
  });

  it('nobody without a device can be written to, and nothing is sealed', async () => {
    const { mei } = await twoDevices();
    const nobody = 'nobody@b.test' as Address;
    deepEqual(await mei.encryption.canEncryptFor(nobody), { ok: true, value: false });
    deepEqual(await mei.encryption.canEncryptFor(LIN), { ok: true, value: true });
    deepEqual(await mei.seal('x', nobody), { ok: false, failure: { kind: 'keys-missing', person: nobody } });
  });

  it('offline: who is known can be written to, who is not waits', async () => {
    const { mei, lin } = await twoDevices();
    equal(await lin.read(await mei.write('one', LIN)), 'one');
    mei.isDown = true;
    equal(await lin.read(await mei.write('two', LIN)), 'two');
    deepEqual(await mei.seal('x', 'new@b.test' as Address), { ok: false, failure: { kind: 'offline' } });
    equal((await mei.encryption.canEncryptFor('new@b.test' as Address)).ok, false);
  });
});

describe('several devices', () => {
  it('all devices of both read it, the writing one excepted', async () => {
    const { server, clock, mei, lin } = await twoDevices();
    const phone = await encryptionDevice(server, clock, MEI, { label: 'phone' });
    const tablet = await encryptionDevice(server, clock, LIN);
    await phone.online();
    await tablet.online();
    const said = await mei.write('to all', LIN);
    for (const device of [lin, tablet, phone]) equal(await device.read(said), 'to all');
    equal(await mei.read(said), 'silent', 'its own words are known by their id');
    const answer = await tablet.write('from the tablet', MEI);
    for (const device of [mei, phone, lin]) equal(await device.read(answer), 'from the tablet');
    const ids = server.items(MEI, NS_OMEMO_DEVICES).flatMap((item) => readDevices(item) ?? []);
    deepEqual(
      ids.map(({ label }) => label).toSorted((a = '', b = '') => (a < b ? -1 : 1)),
      ['Warbler', 'phone'],
    );
  });

  it('a device that came later reads from then on', async () => {
    const { server, clock, mei, lin } = await twoDevices();
    const before = await mei.write('before', LIN);
    const tablet = await encryptionDevice(server, clock, LIN);
    await tablet.online();
    equal(await tablet.read(before), 'not-for-this-device');
    const aside = { ...before, children: before.children.filter((one) => typeof one === 'string' || !isEncryptionName(one)) };
    equal(await tablet.read(aside), 'silent', 'what programs told each other');
    equal(await tablet.read(await mei.write('after', LIN)), 'after');
    equal(await lin.read(before), 'before');
  });

  it('somebody whose service is silent is missing in a room, with all devices, and does not silence the others', async () => {
    const { server, mei, lin } = await twoDevices();
    const { ask } = server;
    const quietOne = 'ada@c.test' as Address;
    server.ask = async (asker, iq) =>
      iq.attributes['to'] === quietOne ? { ok: false, failure: { kind: 'no-answer' } } : ask.call(server, asker, iq);
    const hall = 'hall@rooms.test' as Address;
    const members = [MEI, LIN, quietOne];
    deepEqual(await mei.seal('x', hall, members), { ok: false, failure: { kind: 'keys-missing', person: quietOne, people: [quietOne] } });
    deepEqual(await mei.seal('x', quietOne), { ok: false, failure: { kind: 'no-answer' } });
    equal(await lin.read(await mei.write('for who can', hall, [MEI, LIN]), { sender: MEI }), 'for who can');
  });

  it('three people in a room', async () => {
    const { server, clock, mei, lin } = await twoDevices();
    const ada = await encryptionDevice(server, clock, 'ada@c.test');
    await ada.online();
    const room = 'hall@rooms.test' as Address;
    const members = [MEI, LIN, ada.address];
    const said = await mei.write('to the room', room, members);
    for (const device of [lin, ada]) equal(await device.read(said, { sender: MEI }), 'to the room');
    const said2 = await ada.write('back', room, members);
    for (const device of [lin, mei]) equal(await device.read(said2, { sender: ada.address }), 'back');
    equal(await lin.read(await mei.write('moved', room, members), { sender: MEI, recipient: 'other@rooms.test' as Address }), 'tampered');
  });
});
