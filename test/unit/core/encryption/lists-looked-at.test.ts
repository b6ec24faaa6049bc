// A list that is heard is looked at without anybody writing: whose devices are new must be seen before the next words go to them.
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { writeDevices } from '../../../../src/xmpp/codecs/omemo-devices.ts';
import { NS_OMEMO_BUNDLES, NS_OMEMO_DEVICES } from '../../../../src/xmpp/namespaces.ts';
import { encryptionDevice, quiet, type EncryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;
const MINUTE_MS = 60_000;

interface World {
  clock: FakeClock;
  mei: EncryptionDevice;
  lin: number;
  /** Somebody's list has one more device, under this number. */
  add(number: number, whose?: Address): Promise<void>;
  /** Lin's list has it no more. */
  remove(number: number): Promise<void>;
  /** The devices that mei was told of since. */
  told(): (number | undefined)[];
}

/** Mei has written to lin, and has stopped. */
async function world(): Promise<World> {
  const [server, shadow, clock] = [new KeyServer(), new KeyServer(), fakeClock()];
  const mei = await encryptionDevice(server, clock, MEI);
  const lin = await encryptionDevice(server, clock, LIN);
  const other = await encryptionDevice(shadow, clock, LIN);
  for (const device of [mei, lin, other]) await device.online();
  await lin.read(await mei.write('before', LIN));
  const [{ payload } = {}] = shadow.items(LIN, NS_OMEMO_BUNDLES);
  const listed = new Map<Address, number[]>([
    [LIN, [await lin.id()]],
    [MEI, [await mei.id()]],
  ]);
  const add = async (number: number, whose = LIN): Promise<void> => {
    listed.get(whose)!.push(number);
    server.put(whose, NS_OMEMO_BUNDLES, { id: String(number), payload: payload! });
    server.put(whose, NS_OMEMO_DEVICES, writeDevices(listed.get(whose)!.map((id) => ({ id }))));
    await quiet();
  };
  const remove = async (number: number): Promise<void> => {
    listed.set(LIN, listed.get(LIN)!.filter((id) => id !== number)); // oxfmt-ignore
    server.put(LIN, NS_OMEMO_DEVICES, writeDevices(listed.get(LIN)!.map((id) => ({ id }))));
    await quiet();
  };
  const told = (): (number | undefined)[] => mei.news.splice(0).flatMap(({ what, device }) => (what === 'new-device' ? [device] : []));
  return { clock, mei, lin: await lin.id(), add, remove, told };
}

describe('a list of devices that is heard', () => {
  it('tells of a device of theirs that bears the number of our own', async () => {
    const { mei, add, told } = await world();
    await add(await mei.id());
    deepEqual(told(), [await mei.id()]);
  });

  it('tells of a device that had left it and is on it again', async () => {
    const { add, remove, told } = await world();
    await add(74);
    await remove(74);
    deepEqual(told(), [74]);
    await add(74);
    deepEqual(told(), [74]);
  });

  it('tells nothing of the own device on the own list', async () => {
    const { mei, add, told } = await world();
    await add(73, MEI);
    deepEqual(told(), [73]);
    equal(mei.errors.length, 0);
  });

  it('tells of one that follows another within the minute when the minute is over, and of both once', async () => {
    const { clock, add, told } = await world();
    await add(71);
    deepEqual(told(), [71]);
    await add(72);
    clock.advance(MINUTE_MS - 1);
    await quiet();
    deepEqual(told(), []);
    clock.advance(1);
    await quiet();
    deepEqual(told(), [72]);
    clock.advance(MINUTE_MS);
    await quiet();
    deepEqual(told(), []);
  });
});
