// What a person sees of devices and decides on them, over whole accounts.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DeviceKeys, KeysOf } from '../../../../src/contracts/keys.ts';
import type { Address } from '../../../../src/model/account.ts';
import { readDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { encryptionDevice, quiet, until, type EncryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { valueOf } from '../../../kit/peer.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;

interface World {
  server: KeyServer;
  clock: FakeClock;
  mei: EncryptionDevice;
  lin: EncryptionDevice;
  device(address: Address, label: string): Promise<EncryptionDevice>;
}

async function twoParties(): Promise<World> {
  const [server, clock] = [new KeyServer(), fakeClock()];
  const device = async (address: Address, label: string): Promise<EncryptionDevice> => {
    const made = await encryptionDevice(server, clock, address, { label });
    await made.online();
    return made;
  };
  return { server, clock, mei: await device(MEI, 'desk'), lin: await device(LIN, 'lin'), device };
}

const keysOf = async (by: EncryptionDevice, person: Address): Promise<KeysOf> => valueOf(await by.encryption.trust.read(person));
const only = ({ devices }: KeysOf): DeviceKeys => devices[0]!;
const decide = (
  by: EncryptionDevice,
  person: Address,
  { id: device, fingerprint }: DeviceKeys,
  trust: 'verified' | 'accepted' | 'refused',
) => by.encryption.trust.decide(person, { device, fingerprint, trust });
const newsOf = (of: EncryptionDevice): string[] => of.news.map(({ person, what }) => `${person} ${what}`);

describe('keys as they are shown', () => {
  it('of another: what the device calls itself, signed, when it came, when it was last read', async () => {
    const { clock, mei, lin } = await twoParties();
    const at = clock.now();
    await mei.read(await lin.write('hi', MEI));
    const keys = await keysOf(mei, LIN);
    const { id, fingerprint, ...rest } = only(keys);
    ok(id > 0);
    ok(/^[0-9a-f]{8}( [0-9a-f]{8}){7}$/.test(fingerprint));
    deepEqual(rest, {
      trust: 'first-use',
      label: { text: 'lin', isSigned: true },
      firstSeenAt: at,
      lastSeenAt: Math.floor(at / 3_600_000) * 3_600_000,
      isListed: true,
      isThisDevice: false,
    });
    deepEqual([keys.isSelf, keys.isStrict], [false, false]);
  });

  it('of oneself: this device first, no number', async () => {
    const { mei, device } = await twoParties();
    await device(MEI, 'phone');
    const keys = await keysOf(mei, MEI);
    deepEqual(
      keys.devices.map(({ label, isThisDevice, trust, isListed }) => [label?.text, isThisDevice, trust, isListed]),
      [
        ['desk', true, 'verified', true],
        ['phone', false, 'first-use', true],
      ],
    );
    deepEqual([keys.isSelf, keys.safetyNumber], [true, undefined]);
  });

  it('a name that somebody else gave is hearsay', async () => {
    const { server, mei, lin } = await twoParties();
    const [item] = server.items(LIN, NS_OMEMO_DEVICES);
    const renamed = item!.payload!.children.map((one) =>
      typeof one === 'string' ? one : { ...one, attributes: { ...one.attributes, label: 'Mei' } },
    );
    server.put(LIN, NS_OMEMO_DEVICES, { id: item!.id, payload: { ...item!.payload!, children: renamed } });
    deepEqual(only(await keysOf(mei, LIN)).label, { text: 'Mei', isSigned: false });
    void lin;
  });

  it('both see the same number; one device more on either side gives another', async () => {
    const { mei, lin, device } = await twoParties();
    const numberFor = async (): Promise<string[]> => [(await keysOf(mei, LIN)).safetyNumber!, (await keysOf(lin, MEI)).safetyNumber!];
    const [ours, theirs] = await numberFor();
    ok(/^\d{5}( \d{5}){11}$/.test(ours!));
    equal(ours, theirs);
    await device(LIN, 'tablet');
    const [after, afterThere] = await numberFor();
    equal(after, afterThere);
    ok(after !== ours);
  });

  it('offline what is known is shown, and of strangers nothing is claimed', async () => {
    const { mei, lin } = await twoParties();
    await keysOf(mei, LIN);
    mei.isDown = true;
    equal((await keysOf(mei, LIN)).devices.length, 1);
    deepEqual(await mei.encryption.trust.read('new@b.test' as Address), { ok: false, failure: { kind: 'offline' } });
    void lin;
  });
});

describe('comparing', () => {
  it('the same number makes every listed device verified, on the disk when it answers', async () => {
    const { mei, lin } = await twoParties();
    const { safetyNumber = '' } = await keysOf(mei, LIN);
    equal(valueOf(await mei.encryption.trust.confirmNumber(LIN, safetyNumber)), 'same');
    const again = await mei.restart();
    deepEqual([only(await keysOf(again, LIN)).trust, (await keysOf(again, LIN)).isStrict], ['verified', true]);
    const sealed = valueOf(await again.seal('hi', LIN));
    deepEqual(sealed.protection, { how: 'omemo-2', trust: 'verified' });
    void lin;
  });

  it('another number changes nothing, nor one of before a device came', async () => {
    const { mei, device } = await twoParties();
    const { safetyNumber = '' } = await keysOf(mei, LIN);
    const wrong = safetyNumber.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
    equal(valueOf(await mei.encryption.trust.confirmNumber(LIN, wrong)), 'different');
    await device(LIN, 'tablet');
    await keysOf(mei, LIN);
    equal(valueOf(await mei.encryption.trust.confirmNumber(LIN, safetyNumber)), 'different');
    ok((await keysOf(mei, LIN)).devices.every(({ trust }) => trust === 'first-use'));
  });

  it('a picture: the same keys, another person, another key, no key at all', async () => {
    const { mei, lin } = await twoParties();
    const theirs = (await keysOf(lin, MEI)).ownKeys;
    await keysOf(mei, LIN);
    const compare = async (text: string): Promise<string> => valueOf(await mei.encryption.trust.compare(LIN, text));
    equal(await compare('https://example.org'), 'not-a-key');
    equal(await compare((await keysOf(mei, LIN)).ownKeys), 'different');
    equal(await compare(theirs.replace(/=../, (pair) => (pair === '=00' ? '=01' : '=00'))), 'different');
    equal(only(await keysOf(mei, LIN)).trust, 'first-use');
    equal(await compare(theirs), 'same');
    equal(only(await keysOf(mei, LIN)).trust, 'verified');
  });

  it('a picture that names some of the devices leaves the others to be decided', async () => {
    const { mei, lin, device } = await twoParties();
    const theirs = (await keysOf(lin, MEI)).ownKeys;
    await device(LIN, 'tablet');
    await keysOf(mei, LIN);
    equal(valueOf(await mei.encryption.trust.compare(LIN, theirs)), 'same');
    deepEqual((await keysOf(mei, LIN)).devices.map(({ trust }) => trust), ['verified', 'undecided']); // oxfmt-ignore
    deepEqual(await mei.seal('x', LIN), { ok: false, failure: { kind: 'keys-undecided', person: LIN, devices: 1 } });
  });
});

describe('deciding', () => {
  it('once compared, a new device stops everything until somebody decides', async () => {
    const { mei, lin, device } = await twoParties();
    equal(await lin.read(await mei.write('one', LIN)), 'one');
    ok((await decide(mei, LIN, only(await keysOf(mei, LIN)), 'verified')).ok);
    mei.news.length = 0;
    const tablet = await device(LIN, 'tablet');
    await until(() => mei.news.length > 0);
    deepEqual(newsOf(mei), [`${LIN} undecided-device`], 'told at once, not when somebody writes');
    deepEqual(await mei.seal('x', LIN), { ok: false, failure: { kind: 'keys-undecided', person: LIN, devices: 1 } });
    const added = (await keysOf(mei, LIN)).devices.find(({ trust }) => trust === 'undecided')!;
    ok((await decide(mei, LIN, added, 'accepted')).ok);
    const said = await mei.write('two', LIN);
    for (const reader of [lin, tablet]) equal(await reader.read(said), 'two');
    deepEqual(valueOf(await mei.seal('x', LIN)).protection, { how: 'omemo-2', trust: 'accepted' });
  });

  it('once somebody was compared, an own device that appears waits for a word as well', async () => {
    const { mei, lin, device } = await twoParties();
    ok((await decide(mei, LIN, only(await keysOf(mei, LIN)), 'verified')).ok);
    equal((await keysOf(mei, MEI)).isStrict, true);
    const phone = await device(MEI, 'phone');
    deepEqual(await mei.seal('x', LIN), { ok: false, failure: { kind: 'keys-undecided', person: MEI, devices: 1 } });
    const added = (await keysOf(mei, MEI)).devices.find(({ trust }) => trust === 'undecided')!;
    ok((await decide(mei, MEI, added, 'accepted')).ok);
    const said = await mei.write('hello', LIN);
    for (const reader of [lin, phone]) equal(await reader.read(said), 'hello');
  });

  it('what the disk lost of somebody compared makes nobody careless', async () => {
    const { mei } = await twoParties();
    ok((await decide(mei, LIN, only(await keysOf(mei, LIN)), 'verified')).ok);
    await mei.store.commit({ keys: [`person ${LIN}`, `person ${MEI}`].map((name) => ({ name, value: undefined })) });
    const again = await mei.restart();
    await again.online();
    deepEqual([(await keysOf(again, LIN)).isStrict, (await keysOf(again, MEI)).isStrict], [true, true]);
    deepEqual(await again.seal('x', LIN), { ok: false, failure: { kind: 'keys-undecided', person: LIN, devices: 1 } });
  });

  it('a refused device gets nothing, and what it writes says so', async () => {
    const { mei, lin, device } = await twoParties();
    const tablet = await device(LIN, 'tablet');
    const refused = (await keysOf(mei, LIN)).devices.find(({ label }) => label?.text === 'tablet')!;
    ok((await decide(mei, LIN, refused, 'refused')).ok);
    const said = await mei.write('not for the tablet', LIN);
    equal(await lin.read(said), 'not for the tablet');
    equal(await tablet.read(said), 'not-for-this-device');
    const opened = await mei.open(await tablet.write('me?', MEI));
    deepEqual(opened.outcome === 'opened' && opened.protection, { how: 'omemo-2', trust: 'refused' });
  });

  it('lands on no other key than was shown', async () => {
    const { mei, lin } = await twoParties();
    const shown = only(await keysOf(mei, LIN));
    const other = only(await keysOf(lin, MEI));
    deepEqual(await decide(mei, LIN, { ...shown, fingerprint: other.fingerprint }, 'verified'), {
      ok: false,
      failure: { kind: 'not-found' },
    });
    deepEqual(await decide(mei, LIN, { ...shown, id: shown.id ^ 1 }, 'verified'), { ok: false, failure: { kind: 'not-found' } });
    equal(only(await keysOf(mei, LIN)).trust, 'first-use');
  });

  it('says so where the disk did not take it', async () => {
    const { mei } = await twoParties();
    const shown = only(await keysOf(mei, LIN));
    mei.isFull = true;
    deepEqual(await decide(mei, LIN, shown, 'refused'), { ok: false, failure: { kind: 'storage-full' } });
  });

  it('a first device is no news, a second one is', async () => {
    const { mei, lin, device } = await twoParties();
    await mei.write('one', LIN);
    deepEqual(newsOf(mei), []);
    const tablet = await device(LIN, 'tablet');
    await until(() => mei.news.length > 0);
    deepEqual(newsOf(mei), [`${LIN} new-device`]);
    equal(await tablet.read(await mei.write('two', LIN)), 'two');
    void lin;
  });

  it('an own device that appears is news as well', async () => {
    const { mei, device } = await twoParties();
    await keysOf(mei, MEI);
    await device(MEI, 'phone');
    await until(() => mei.news.length > 0);
    deepEqual(newsOf(mei), [`${MEI} new-device`]);
  });
});

describe('beginning anew and removing', () => {
  it('the next message begins a new session, and both sides go on', async () => {
    const { mei, lin } = await twoParties();
    equal(await lin.read(await mei.write('one', LIN)), 'one');
    equal(await mei.read(await lin.write('two', MEI)), 'two');
    ok((await mei.encryption.trust.renew(LIN)).ok);
    equal(await lin.read(await mei.write('three', LIN)), 'three');
    equal(await mei.read(await lin.write('four', MEI)), 'four');
    equal(only(await keysOf(mei, LIN)).trust, 'first-use', 'the device is the same');
  });

  it('an own device leaves the list and is written to no more', async () => {
    const { server, mei, lin, device } = await twoParties();
    const phone = await device(MEI, 'phone');
    const gone = (await keysOf(mei, MEI)).devices.find(({ label }) => label?.text === 'phone')!;
    phone.encryption.stop();
    ok((await mei.encryption.trust.remove(gone.id)).ok);
    await quiet();
    deepEqual(server.items(MEI, NS_OMEMO_DEVICES).flatMap((item) => readDevices(item) ?? []).map(({ label }) => label), ['desk']); // oxfmt-ignore
    const said = await mei.write('without the phone', LIN);
    equal(await phone.read(said), 'not-for-this-device');
    equal(await phone.read(await lin.write('nor from lin', MEI)), 'not-for-this-device');
  });

  it('neither this device nor one that is not ours can be removed', async () => {
    const { mei, lin } = await twoParties();
    for (const id of [await mei.id(), await lin.id()])
      deepEqual(await mei.encryption.trust.remove(id), { ok: false, failure: { kind: 'not-found' } });
  });
});
