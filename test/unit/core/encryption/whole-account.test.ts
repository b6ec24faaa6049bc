// An account as a whole: what makes it look, publish, answer and tell, what it leaves alone, and what a developer hears where something breaks.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ROLLED_BACK } from '../../../../src/core/ports.ts';
import type { Address } from '../../../../src/model/account.ts';
import { writeStreams } from '../../../../src/xmpp/codecs/device-streams.ts';
import { readDevices, writeDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { NS_DEVICE_STREAMS, NS_LEGACY_OMEMO_DEVICES, NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { encryptionDevice, quiet, until, type EncryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import { legacyDevices, legacyPair, speakLegacy } from '../../../kit/encryption/legacy-pair.ts';
import type { KeyServer } from '../../../kit/encryption/key-server.ts';
import { LIN, MEI, twoDevices } from '../../../kit/encryption/two-devices.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';

const KIM = 'kim@c.test' as Address;
const MINUTE_MS = 60_000;

const idsOf = (server: KeyServer, owner: Address): number[] =>
  server.items(owner, NS_OMEMO_DEVICES).flatMap((item) => readDevices(item) ?? []).map(({ id }) => id); // oxfmt-ignore

/** The account names one more, of which there are no keys. */
async function listOneMore(server: KeyServer, owner: Address): Promise<void> {
  const ids = idsOf(server, owner);
  server.put(owner, NS_OMEMO_DEVICES, writeDevices([...ids, Math.min(...ids) - 1].map((id) => ({ id }))));
  await quiet();
}

/** How often mei asked for keys of lin's devices since this was asked last. */
const keysAsked = (server: KeyServer): number =>
  server.asked.splice(0).filter((one) => one === `${MEI} items ${LIN} ${NS_OMEMO_BUNDLES}`).length; // oxfmt-ignore

describe('a list of devices that is heard', () => {
  it('is looked at where it names one more, and not at every step of somebody who changes it all the time', async () => {
    const { server, clock, mei } = await twoDevices();
    await mei.write('met', LIN);
    keysAsked(server);
    await listOneMore(server, LIN);
    equal(keysAsked(server), 1);
    await listOneMore(server, LIN);
    clock.advance(MINUTE_MS - 1);
    await listOneMore(server, LIN);
    equal(keysAsked(server), 0);
    clock.advance(1);
    await listOneMore(server, LIN);
    equal(keysAsked(server), 3, 'all three at once');
  });

  it('of one person does not keep another from being looked at', async () => {
    const { server, clock, mei } = await twoDevices();
    const kim = await encryptionDevice(server, clock, KIM);
    await kim.online();
    await mei.write('met', LIN);
    await mei.write('met', KIM);
    await listOneMore(server, KIM);
    keysAsked(server);
    await listOneMore(server, LIN);
    equal(keysAsked(server), 1);
  });

  it('is looked at no further where all it names are known', async () => {
    const { server, mei } = await twoDevices();
    await mei.write('met', LIN);
    const commits = mei.commits;
    keysAsked(server);
    server.put(LIN, NS_OMEMO_DEVICES, writeDevices(idsOf(server, LIN).map((id) => ({ id, label: 'renamed' }))));
    await quiet();
    deepEqual([keysAsked(server), mei.commits], [0, commits], 'nor is anything of our own');
    deepEqual(mei.waiting(), [`person ${LIN}`]);
  });

  it('is claimed, and what is none is left to others', async () => {
    const { server, mei } = await twoDevices();
    const { encryption } = mei;
    equal(encryption.hearDevices(LIN, server.items(LIN, NS_OMEMO_DEVICES)), true);
    equal(encryption.hearDevices(LIN, []), false);
    equal(encryption.hearDevices(LIN, [{ id: 'current' }]), false);
  });

  it('of streams counts from the own account alone: nobody else makes this device give itself up', async () => {
    const { mei } = await twoDevices();
    const id = await mei.id();
    const streams = [writeStreams({ device: id, count: 1_000 })];
    equal(mei.encryption.hearDevices(LIN, streams), false);
    await quiet();
    equal(await mei.id(), id);
    equal(mei.encryption.hearDevices(MEI, streams), true);
    await quiet();
    notEqual(await mei.id(), id);
  });

  it('of streams that says there is a twin makes another device of the older method too', async () => {
    const { server, mei } = await legacyPair();
    const before = legacyDevices(server, MEI);
    mei.encryption.hearDevices(MEI, [writeStreams({ device: await mei.id(), count: 1_000 })]);
    await until(() => legacyDevices(server, MEI).some((id) => !before.includes(id)));
  });
});

describe('a stream', () => {
  it('that is fresh is asked at once whether there is a twin, though the archive is still read', async () => {
    const { server, mei } = await twoDevices();
    await mei.commit();
    const again = await mei.restart();
    again.encryption.setCatchingUp(true);
    server.asked.length = 0;
    again.encryption.onOnline('fresh');
    await quiet();
    deepEqual(new Set(server.asked.map((one) => one.split(' ').at(-1))), new Set([NS_DEVICE_STREAMS]));
    again.encryption.onOnline('resumed');
    server.asked.length = 0;
    await quiet();
    deepEqual(server.asked, [], 'one that goes on is known');
  });

  it('that is lost leaves no clock running for it', async () => {
    const { clock, mei, lin } = await twoDevices();
    ok(clock.pending() > 0);
    for (const { encryption } of [mei, lin]) encryption.onOffline();
    equal(clock.pending(), 0);
  });
});

describe('what breaks', () => {
  const thrown = new TypeError('words of a person');

  it('is told a developer by its kind alone, and what comes next is tried all the same', async () => {
    const { server, clock, mei, lin } = await twoDevices();
    await mei.write('met', LIN);
    await mei.read(await lin.write('hello', MEI));
    const truth = server.lie;
    server.lie = ({ asker, items }) => {
      if (asker !== MEI) return items;
      throw thrown;
    };
    await listOneMore(server, LIN);
    deepEqual(mei.errors.splice(0), ['new devices were not looked at {"defect":"TypeError"}']);
    mei.encryption.onOnline('fresh');
    await quiet();
    deepEqual(mei.errors.splice(0).toSorted(), [
      'an answer was not sent {"defect":"TypeError"}',
      'own keys were not published {"defect":"TypeError"}',
      'twins were not looked for {"defect":"TypeError"}',
    ]);
    server.lie = truth;
    clock.advance(MINUTE_MS);
    mei.encryption.onOnline('fresh');
    await quiet();
    deepEqual(mei.errors, []);
    equal(await lin.read(await mei.write('after', LIN)), 'after');
  });

  it('and was no error at all is told by what it was', async () => {
    const { server, mei } = await twoDevices();
    await mei.write('met', LIN);
    server.lie = () => {
      // eslint-disable-next-line no-throw-literal
      throw 'words of a person';
    };
    await listOneMore(server, LIN);
    deepEqual(mei.errors, ['new devices were not looked at {"defect":"string"}']);
  });
});

describe('answers that nobody writes', () => {
  it('do not leave before it is sure that nobody else has our keys, nor while the archive is read', async () => {
    const { server, mei, lin } = await twoDevices();
    server.holdsBack = NS_DEVICE_STREAMS;
    lin.encryption.onOnline('fresh');
    equal(await lin.read(await mei.write('one', LIN)), 'one');
    await quiet();
    equal(lin.sent.length, 0);
    lin.encryption.setCatchingUp(true);
    delete server.holdsBack;
    lin.encryption.onOnline('resumed');
    await quiet();
    equal(lin.sent.length, 0);
    lin.encryption.setCatchingUp(false);
    await until(() => lin.sent.length === 1);
  });
});

describe('a device that leaves', () => {
  it('is forgotten with its count and its keys, and says so of one it never was to nobody', async () => {
    const { server, mei } = await twoDevices();
    const id = String(await mei.id());
    const has = (node: string): boolean => server.items(MEI, node).some((item) => item.id === id);
    deepEqual([has(NS_DEVICE_STREAMS), has(NS_OMEMO_BUNDLES)], [true, true]);
    await mei.encryption.leave();
    await quiet();
    deepEqual([has(NS_DEVICE_STREAMS), has(NS_OMEMO_BUNDLES), idsOf(server, MEI)], [false, false, []]);
    const unborn = await encryptionDevice(server, fakeClock(), KIM);
    server.asked.length = 0;
    await unborn.encryption.leave();
    deepEqual(server.asked, []);
  });

  it('without a line asks nothing and waits for nobody', async () => {
    const { server, mei } = await twoDevices();
    mei.isDown = true;
    server.asked.length = 0;
    await mei.encryption.leave();
    deepEqual(server.asked, []);
  });

  it('leaves in both methods', async () => {
    const { server, mei } = await legacyPair();
    equal(legacyDevices(server, MEI).length, 1);
    await mei.encryption.leave();
    deepEqual([legacyDevices(server, MEI), idsOf(server, MEI)], [[], []]);
  });
});

describe('an older copy of the disk', () => {
  it('makes another device of the older method too', async () => {
    const { server, mei } = await legacyPair();
    const before = legacyDevices(server, MEI);
    await mei.commit();
    await mei.store.commit({ keys: [{ name: ROLLED_BACK, value: 'older-copy' }] });
    const again = await mei.restart();
    deepEqual(again.waiting().toSorted(), [ROLLED_BACK, 'legacy own', 'own'].toSorted(), 'on its way to the disk before anything else');
    await again.online();
    await until(() => legacyDevices(server, MEI).some((id) => !before.includes(id)));
    deepEqual(legacyDevices(server, MEI).filter((id) => before.includes(id)), []); // oxfmt-ignore
  });
});

describe('what own devices are told', () => {
  const isTelling = (device: EncryptionDevice): boolean => device.waiting().includes('telling');

  it('is what a person decided, not every device that comes', async () => {
    const { server, clock, mei } = await twoDevices();
    await mei.write('met', LIN);
    const tablet = await encryptionDevice(server, clock, LIN);
    await tablet.online();
    await until(() => mei.news.some(({ what }) => what === 'new-device'));
    equal(isTelling(mei), false);
  });

  it('is all that was decided, over a restart', async () => {
    const { server, clock, mei } = await twoDevices();
    const kim = await encryptionDevice(server, clock, KIM);
    await kim.online();
    const refuse = async (by: EncryptionDevice, person: Address): Promise<void> => {
      const keys = await by.encryption.trust.read(person);
      ok(keys.ok);
      const { id: device, fingerprint } = keys.value.devices[0]!;
      await by.encryption.trust.decide(person, { device, fingerprint, trust: 'refused' });
    };
    await refuse(mei, LIN);
    await mei.commit();
    const again = await mei.restart();
    await refuse(again, KIM);
    await again.commit();
    deepEqual((await again.store.keys<{ judged: Address[] }>('telling'))?.judged, [LIN, KIM]);
  });

  it('is nothing of the older method, which has keys of its own', async () => {
    const { mei, server } = await legacyPair(false);
    await speakLegacy(server, mei);
    ok(mei.news.some(({ what, method }) => what === 'decided' && method === 'legacy'));
    equal(isTelling(mei), false);
  });
});

describe('everything at hand', () => {
  it('is it for whom all is known, once it is sure that nobody else has our keys', async () => {
    const { server, mei } = await twoDevices();
    equal(mei.encryption.isAtHand(LIN), false);
    await mei.encryption.prepare([LIN]);
    await mei.write('begun', LIN);
    deepEqual([mei.encryption.isAtHand(LIN), mei.encryption.isAtHand(KIM)], [true, false]);
    mei.encryption.onOnline('resumed');
    equal(mei.encryption.isAtHand(LIN), true);
    mei.encryption.onOnline('fresh');
    equal(mei.encryption.isAtHand(LIN), false);
    await mei.encryption.prepare([LIN]);
    equal(mei.encryption.isAtHand(LIN), true);
    await listOneMore(server, MEI);
    equal(mei.encryption.isAtHand(LIN), false, 'nor is it while an own device is unknown');
  });

  it('is kept as soon as it was learnt, whoever asked', async () => {
    for (const [asks, rows] of [
      [({ encryption }: EncryptionDevice) => encryption.canEncryptFor(LIN), [`person ${LIN}`]],
      [({ encryption }: EncryptionDevice) => encryption.prepare([LIN]), [`person ${LIN}`]],
    ] as const) {
      const { mei } = await twoDevices();
      await mei.commit();
      await asks(mei);
      deepEqual(mei.waiting(), rows);
    }
  });

  it('is kept no more once the device was stopped', async () => {
    const { mei } = await twoDevices();
    await mei.commit();
    mei.encryption.stop();
    await mei.encryption.canEncryptFor(LIN);
    deepEqual(mei.waiting(), []);
  });

  it('is not asked for in the older method where many are written to, unless a person has chosen it', async () => {
    const { server, mei } = await legacyPair();
    await mei.encryption.prepare([LIN, KIM]);
    const isAsked = (): boolean => server.asked.includes(`${MEI} items ${LIN} ${NS_LEGACY_OMEMO_DEVICES}`);
    equal(isAsked(), false);
    await mei.encryption.prepare([LIN, KIM], true);
    equal(isAsked(), true);
  });

  it('is nobody who has no device', async () => {
    const { mei } = await twoDevices();
    await mei.encryption.prepare([KIM]);
    deepEqual(await mei.encryption.canEncryptFor(KIM), { ok: true, value: false });
    equal(mei.encryption.isAtHand(KIM), false);
  });

  it('can be asked for only where the network answers', async () => {
    const { mei } = await twoDevices();
    deepEqual(await mei.encryption.canEncryptFor(LIN), { ok: true, value: true });
    mei.isDown = true;
    deepEqual(await mei.encryption.canEncryptFor(KIM), { ok: false, failure: { kind: 'offline' } });
  });
});
