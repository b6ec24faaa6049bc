// What people do in a room, and what can be read of it afterwards.
import type { Address } from '../../../src/model/account.ts';
import type { StoredMessage } from '../../../src/core/ports.ts';
import { roomDevice, type RoomDevice } from './room-device.ts';
import { person, ROOM, type RoomWorld } from './room-world.ts';

/** `name/resource` each, online and inside. */
export async function enterAll(world: RoomWorld, ...names: readonly string[]): Promise<RoomDevice[]> {
  const devices: RoomDevice[] = [];
  for (const name of names) {
    const [who = '', resource] = name.split('/');
    const device = await roomDevice(world, `${person(who)}/${resource}`);
    await device.online();
    devices.push(device);
  }
  return devices;
}

/** Ann, Ben and Cat, whom the world let in, each with one device. */
export const enterThree = async (world: RoomWorld): Promise<[RoomDevice, RoomDevice, RoomDevice]> =>
  (await enterAll(world, 'ann/1', 'ben/1', 'cat/1')) as [RoomDevice, RoomDevice, RoomDevice];

export async function comeBack(device: RoomDevice): Promise<void> {
  device.offline();
  await device.online();
}

export async function turnOn(world: RoomWorld, device: RoomDevice): Promise<void> {
  await device.rooms.learnMembers(ROOM);
  device.sync.keyChanges.switch(ROOM, 'on');
  await world.rest();
}

/** As a person does who has answered the question for it. */
export async function chooseOlder(world: RoomWorld, ...devices: readonly RoomDevice[]): Promise<void> {
  for (const { encryption } of devices) await encryption.legacy.switch('on');
  await world.rest();
  for (const { rooms, sync } of devices) {
    await rooms.learnMembers(ROOM);
    sync.keyChanges.switch(ROOM, 'legacy');
  }
  await world.rest();
}

/** Everybody on the lists may read, as they are shown, but for these. */
export async function decide(world: RoomWorld, { sync }: RoomDevice, without: readonly Address[] = []): Promise<void> {
  const listed = sync.readership.listed(ROOM);
  sync.readership.confirm(ROOM, { people: listed.ok ? listed.value : [], without });
  await sync.outbox.decided(ROOM);
  await world.rest();
}

/** Why what waits there does. */
export const kinds = (device: RoomDevice): (string | undefined)[] => device.failures().map((failure) => failure?.kind);

/** What was said, or why it cannot be read. */
export const wordsOf = (rows: readonly StoredMessage[]): string[] =>
  rows.flatMap(({ content, text, unreadable }) => (content === 'keys-changed' ? [] : [unreadable ?? text]));

/** What was told of keys and members, with names. */
export const linesOf = (rows: readonly StoredMessage[]): string[] =>
  rows.flatMap(({ keyChange }) => (keyChange ? [`${keyChange.what} ${keyChange.person?.split('@')[0] ?? ''}`.trim()] : []));

/** Which of these words the engine ever had. */
export function clearWords(world: RoomWorld, devices: readonly RoomDevice[], words: readonly string[]): string[] {
  const held = JSON.stringify(world.room.archive) + devices.flatMap(({ said }) => said).join('\n');
  return words.filter((one) => held.includes(one));
}
