// R10 of the reliability table: an old copy of a profile that comes back whole, and one profile that runs twice. No key is used twice.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { readDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { writeElement } from '../../../../src/xmpp/xml.ts';
import { encryptionDevice, quiet, until, type EncryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;

interface World {
  server: KeyServer;
  clock: FakeClock;
  mei: EncryptionDevice;
  lin: EncryptionDevice;
}

/** They have written to each other, and the last words were mei's: her chain goes on. */
async function talking(isOld = false): Promise<World> {
  const [server, clock] = [new KeyServer(), fakeClock()];
  server.isOld = isOld;
  const mei = await encryptionDevice(server, clock, MEI);
  const lin = await encryptionDevice(server, clock, LIN);
  await mei.online();
  await lin.online();
  await lin.read(await mei.write('one', LIN));
  await mei.read(await lin.write('two', MEI));
  await lin.read(await mei.write('three', LIN));
  await Promise.all([mei.commit(), lin.commit()]);
  return { server, clock, mei, lin };
}

const copyOf = async ({ server, clock, mei }: World): Promise<EncryptionDevice> =>
  encryptionDevice(server, clock, MEI, { store: await mei.copyDisk() });
const listed = (server: KeyServer): number[] =>
  server.items(MEI, NS_OMEMO_DEVICES).flatMap((item) => readDevices(item) ?? []).map(({ id }) => id); // oxfmt-ignore

describe('a copy of a profile', () => {
  for (const isOld of [false, true])
    it(`put back after the true one had begun another stream, is another device${isOld ? ', on an engine that knows fewer options too' : ''}`, async () => {
      const world = await talking(isOld);
      const { server, mei, lin } = world;
      const id = await mei.id();
      const old = await world.mei.copyDisk();
      const later = await mei.restart();
      await later.online();
      await lin.read(await later.write('said after the copy was made', LIN));
      later.encryption.stop();
      const back = await encryptionDevice(server, world.clock, MEI, { store: old });
      await back.online();
      notEqual(await back.id(), id);
      equal(await lin.read(await back.write('from the copy', LIN)), 'from the copy');
      await until(() => !listed(server).includes(id));
      deepEqual(listed(server), [await back.id()]);
    });

  it('that runs beside the true one becomes another device, and both go on', async () => {
    const world = await talking();
    const { mei, lin } = world;
    const id = await mei.id();
    const old = await mei.copyDisk();
    const one = await mei.restart();
    await one.online();
    const twin = await encryptionDevice(world.server, world.clock, MEI, { store: old });
    twin.encryption.onOnline('fresh');
    await twin.encryption.prepare([LIN]);
    notEqual(await twin.id(), id);
    equal(await one.id(), id);
    equal(await lin.read(await one.write('from the one', LIN)), 'from the one');
    equal(await lin.read(await twin.write('from the twin', LIN)), 'from the twin');
  });

  it('made while the true one runs, and begun beside it: the one that was there hears of it and becomes another', async () => {
    const world = await talking();
    const { server, mei, lin } = world;
    const id = await mei.id();
    const twin = await copyOf(world);
    await twin.online();
    equal(await twin.id(), id);
    await quiet();
    notEqual(await mei.id(), id);
    await until(() => listed(server).length === 2);
    equal(await lin.read(await mei.write('from the one', LIN)), 'from the one');
    equal(await lin.read(await twin.write('from the twin', LIN)), 'from the twin');
  });

  it('seals nothing before it is known to be alone', async () => {
    const world = await talking();
    const copy = await copyOf(world);
    copy.isDown = true;
    deepEqual(await copy.seal('x', LIN), { ok: false, failure: { kind: 'offline' } });
    const unasked = await copy.encryption.turn((ratchets) => ratchets.seal({ to: LIN, isRoom: false, members: [], content: [] }));
    deepEqual(unasked, { ok: false, failure: { kind: 'offline' } });
    world.server.isSilent = true;
    copy.isDown = false;
    copy.encryption.onOnline('fresh');
    await quiet();
    const unanswered = await copy.encryption.turn((ratchets) => ratchets.seal({ to: LIN, isRoom: false, members: [], content: [] }));
    deepEqual(unanswered, { ok: false, failure: { kind: 'no-answer' } });
  });

  it('that meets an own message it never sent knows what it is, even on the same stream', async () => {
    const world = await talking();
    const { mei, lin } = world;
    const copy = await copyOf(world);
    const said = await mei.write('said after the copy was made', LIN);
    await lin.read(said);
    const id = await mei.id();
    equal(await copy.id(), id);
    equal(await copy.read(said, { recipient: LIN }), 'silent');
    await quiet();
    notEqual(await copy.id(), id);
  });

  it('is not seen where there is none: own messages come back, streams come and go', async () => {
    const { server, mei, lin } = await talking();
    const id = await mei.id();
    let now = mei;
    for (let turn = 0; turn < 5; turn++) {
      now = await now.restart();
      await now.online();
      const said = [await now.write('a', LIN), await now.write('b', LIN)];
      for (const one of said) equal(await now.read(one, { recipient: LIN }), 'silent');
      await lin.read(said[1]!);
      await now.read(await lin.write('c', MEI));
      for (const one of said) equal(await now.read(one, { recipient: LIN }), 'silent');
      now.encryption.onOnline('fresh');
    }
    equal(await now.id(), id);
    deepEqual(now.errors, []);
    deepEqual(listed(server), [id]);
  });

  it('the count is for the own devices alone', async () => {
    const { server } = await talking();
    const published = server.said.find((iq) => writeElement(iq).includes('device-streams') && writeElement(iq).includes('<publish '));
    ok(published && writeElement(published).includes('whitelist'));
    ok(!server.said.some((iq) => writeElement(iq).includes(NS_OMEMO_BUNDLES) && writeElement(iq).includes('whitelist')));
  });
});
