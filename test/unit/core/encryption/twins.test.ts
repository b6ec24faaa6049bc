// R10 of the reliability table: an old copy of a profile that comes back whole, and one profile that runs twice. No key is used twice.
import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { readDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { encryptionDevice, quiet, until, type EncryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { evilEngine, once } from '../../../kit/encryption/evil-engine.ts';
import { stepOf } from '../../../kit/encryption/step-of.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { sizeOf } from '../../../contract/kit/sizes.ts';
import { chance } from '../../../kit/random.ts';

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

/** Each message under a key of its own; and read, or shown as one that a person can mend. */
class Ledger {
  readonly #used = new Set<string>();
  readonly #lin: EncryptionDevice;
  readonly #reader: number;

  constructor(lin: EncryptionDevice, reader: number) {
    this.#lin = lin;
    this.#reader = reader;
  }

  async write(device: EncryptionDevice, times: number, isBehind = false): Promise<Element[]> {
    const said: Element[] = [];
    for (let turn = 0; turn < times; turn++) {
      const message = await device.write('words', LIN);
      const step = stepOf(message, LIN, this.#reader);
      ok(!this.#used.has(step), 'a key was used twice');
      this.#used.add(step);
      const read = await this.#lin.read(message);
      ok(read === 'words' || (isBehind && read === 'no-session'), read);
      said.push(message);
    }
    return said;
  }
}

/** Of each of two ways. */
const COPIES = sizeOf('WARBLER_COPIES', 20, 20);

describe('forty copies of a profile, made at any moment', () => {
  for (const isBeside of [false, true])
    it(`${isBeside ? 'run beside the true one' : 'put back later'}: each becomes another device, and no key is used twice`, async () => {
      const base = await evilEngine();
      for (let play = 1; play <= COPIES; play++) {
        const luck = chance(play);
        const { server, clock, mei, lin } = await once(base);
        const ledger = new Ledger(lin, await lin.id());
        await ledger.write(mei, luck.below(4));
        if (luck.below(2) === 0) await mei.read(await lin.write('an answer', MEI));
        await mei.commit();
        const [store, id] = [await mei.copyDisk(), await mei.id()];
        const said = await ledger.write(mei, luck.below(3));
        const goesOn = isBeside && luck.below(2) === 0 ? mei : await mei.restart();
        if (goesOn !== mei) await goesOn.online();
        said.push(...(await ledger.write(goesOn, luck.below(3))));
        if (!isBeside) goesOn.encryption.stop();
        const copy = await encryptionDevice(server, clock, MEI, { store });
        await copy.online();
        // As it finds them in the archive.
        for (const message of said) await copy.read(message, { recipient: LIN });
        await quiet();
        // Whoever was there hears of it.
        await until(() => listed(server).length === (isBeside ? 2 : 1) && listed(server).some((one) => one !== id));
        if (!isBeside) notEqual(await copy.id(), id);
        const both = isBeside ? [goesOn, copy] : [copy];
        equal(new Set(await Promise.all(both.map((one) => one.id()))).size, both.length);
        for (let turn = 0; turn < 3; turn++)
          for (const one of both) await ledger.write(one, luck.below(3), one === copy && (await one.id()) === id);
        for (const one of [...both, lin]) one.encryption.stop();
      }
    });
});

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
