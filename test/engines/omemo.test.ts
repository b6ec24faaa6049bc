// Keys and messages through real engines: what is published can be read by strangers, what is written by nobody but its readers.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Address } from '../../src/model/account.ts';
import { readBundle } from '../../src/xmpp/codecs/omemo-bundle.ts';
import { readDevices } from '../../src/xmpp/codecs/omemo-devices.ts';
import { readItemsOf, writeItemsGet } from '../../src/xmpp/codecs/pubsub.ts';
import { readStreams } from '../../src/xmpp/codecs/device-streams.ts';
import { NS_DEVICE_STREAMS, NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../src/xmpp/namespaces.ts';
import { liveDevice, type LiveDevice } from '../kit/engines/live-encryption.ts';
import { newerEjabberd } from '../kit/engines/newer-ejabberd.ts';
import { startEngine, type EngineWish, type TestEngine } from '../kit/engines/start-engine.ts';

const PEOPLE = ['mei', 'lin'].map((name) => ({ name, password: `${name} secret` }));
const WORDS = 'words for their readers';
const PATIENCE_MS = 15_000;

const newer = await newerEjabberd();
const ENGINES: { name: string; wish: Pick<EngineWish, 'engine' | 'version'>; skip?: string }[] = [
  { name: 'Prosody', wish: { engine: 'prosody' } },
  { name: 'ejabberd', wish: { engine: 'ejabberd' } },
  { name: 'ejabberd 24.12', wish: { engine: 'ejabberd', version: '24.12' }, ...(newer.ok ? {} : { skip: 'it cannot be had here' }) },
];

/** Real engines take real time. */
async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await isSo()); await wait(20))
    if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
}

for (const { name, wish, skip } of ENGINES) {
  describe(`keys at ${name}`, { skip }, () => {
    let engine: TestEngine;
    const devices: LiveDevice[] = [];
    const addressOf = (person: string): Address => `${person}@${engine.domain}` as Address;
    const device = async (person: string, label: string): Promise<LiveDevice> => {
      const made = await liveDevice(engine.ws, addressOf(person), `${person} secret`, label);
      devices.push(made);
      const id = await made.ownId();
      await until(async () => (await listOf(made, person)).includes(id), `${label} is listed`);
      return made;
    };
    const listOf = async (asker: LiveDevice, person: string): Promise<readonly number[]> => {
      const answer = await asker.guest.connection.ask(writeItemsGet(NS_OMEMO_DEVICES, addressOf(person)));
      const items = answer.ok ? (readItemsOf(answer.value, NS_OMEMO_DEVICES) ?? []) : [];
      return items.flatMap((item) => readDevices(item) ?? []).map(({ id }) => id);
    };
    const bundlesOf = async (asker: LiveDevice, person: string): Promise<readonly number[]> => {
      const answer = await asker.guest.connection.ask(writeItemsGet(NS_OMEMO_BUNDLES, addressOf(person)));
      const items = answer.ok ? (readItemsOf(answer.value, NS_OMEMO_BUNDLES) ?? []) : [];
      return items.flatMap((item) => readBundle(item)?.device ?? []);
    };

    let mei: LiveDevice;
    let phone: LiveDevice;
    let lin: LiveDevice;
    before(async () => {
      engine = await startEngine({ ...wish, users: PEOPLE });
      mei = await device('mei', 'desk');
      phone = await device('mei', 'phone');
      lin = await device('lin', 'lin');
    });
    after(async () => {
      for (const { encryption, guest } of devices) {
        encryption.stop();
        await guest.connection.stop();
      }
      await engine.stop();
    });

    it('strangers find every device with its keys', async () => {
      const ids = [await mei.ownId(), await phone.ownId()].toSorted((a, b) => a - b);
      assert.deepEqual(
        (await listOf(lin, 'mei')).toSorted((a, b) => a - b),
        ids,
      );
      assert.deepEqual(
        (await bundlesOf(lin, 'mei')).toSorted((a, b) => a - b),
        ids,
      );
      assert.deepEqual(await lin.encryption.canEncryptFor(addressOf('mei')), { ok: true, value: true });
      assert.deepEqual(await lin.encryption.canEncryptFor(addressOf('nobody')), { ok: true, value: false });
    });

    it('a device hears when another of its account comes', async () => {
      await until(() => mei.told.includes(addressOf('mei')), 'mei is told of the phone');
      const keys = await mei.encryption.trust.read(addressOf('mei'));
      assert.ok(keys.ok);
      assert.deepEqual(
        keys.value.devices.map(({ label }) => label).toSorted((a, b) => (a!.text < b!.text ? -1 : 1)),
        [
          { text: 'desk', isSigned: true },
          { text: 'phone', isSigned: true },
        ],
      );
    });

    it('words go both ways, and to the own other device by its copy', async () => {
      await mei.write(WORDS, addressOf('lin'));
      await until(() => lin.heard.includes(WORDS) && phone.heard.includes(WORDS), 'all have read it');
      await lin.write(`${WORDS} back`, addressOf('mei'));
      await until(() => [mei, phone].every(({ heard }) => heard.includes(`${WORDS} back`)), 'both have read the answer');
      for (let turn = 0; turn < 5; turn++) await phone.write(`phone ${turn}`, addressOf('lin'));
      await until(() => lin.heard.includes('phone 4') && mei.heard.includes('phone 4'), 'the phone is read');
      for (const one of devices)
        assert.deepEqual([one.errors, one.heard.filter((word) => /session|tampered|identity/.test(word))], [[], []]);
    });

    it('a used prekey is taken out of what is published', async () => {
      const has = async (): Promise<number> => {
        const answer = await lin.guest.connection.ask(writeItemsGet(NS_OMEMO_BUNDLES, addressOf('lin')));
        const items = answer.ok ? (readItemsOf(answer.value, NS_OMEMO_BUNDLES) ?? []) : [];
        return readBundle(items[0]!)?.preKeys.length ?? 0;
      };
      await until(async () => (await has()) < 100, 'the bundle is published again');
    });

    it('how often a device has begun is kept for the own devices alone, and told to them at once', async () => {
      const id = String(await phone.ownId());
      await until(() => mei.streams.some((item) => item.id === id), 'the desk hears of the phone');
      const own = await mei.guest.connection.ask(writeItemsGet(NS_DEVICE_STREAMS));
      const counts = own.ok ? (readItemsOf(own.value, NS_DEVICE_STREAMS) ?? []).flatMap((item) => readStreams(item) ?? []) : [];
      assert.deepEqual(
        counts.map(({ device, count }) => [device, count]).toSorted(([a = 0], [b = 0]) => a - b),
        [await mei.ownId(), await phone.ownId()].toSorted((a, b) => a - b).map((id) => [id, 1]),
      );
      assert.equal((await lin.guest.connection.ask(writeItemsGet(NS_DEVICE_STREAMS, addressOf('mei')))).ok, false);
    });

    it('a device that signs out leaves the list, and its keys are gone', async () => {
      const id = await phone.ownId();
      await phone.encryption.leave();
      await until(async () => !(await listOf(lin, 'mei')).includes(id), 'it left the list');
      assert.deepEqual(await bundlesOf(lin, 'mei'), [await mei.ownId()]);
      await lin.write('after', addressOf('mei'));
      await until(() => mei.heard.includes('after'), 'the other reads on');
    });
  });
}
