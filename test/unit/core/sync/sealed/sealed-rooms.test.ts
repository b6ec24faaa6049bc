// Encrypted rooms, with the real encryption: who reads, who does not, what waits for a word, and what is never said in clear.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { StoredMessage } from '../../../../../src/core/ports.ts';
import { person, ROOM, roomDevice, RoomWorld, type RoomDevice } from '../../../../kit/rooms/room-device.ts';

let world: RoomWorld;
let ann: RoomDevice;
let ben: RoomDevice;
let cat: RoomDevice;

beforeEach(async () => {
  world = new RoomWorld('ann', 'ben', 'cat');
  [ann, ben, cat] = await enter('ann/1', 'ben/1', 'cat/1');
});

describe('a room of members only', () => {
  it('is in clear until a person turns encryption on, and from then on nothing in it is', async () => {
    await ann.say('in clear');
    await turnOn(ann);
    await ann.say('only for members');
    await ben.say('and back');
    await cat.say('me too');
    for (const device of [ann, ben, cat]) {
      assert.deepEqual(texts(await device.thread()), ['in clear', 'only for members', 'and back', 'me too'], device.full);
      assert.deepEqual([device.record().encryption, device.record().badge], ['on', 'encrypted'], device.full);
    }
    assert.deepEqual(clear('only for members', 'and back', 'me too'), []);
    assert.deepEqual(clear('in clear'), ['in clear']);
  });
});

async function enter(...names: string[]): Promise<[RoomDevice, RoomDevice, RoomDevice]> {
  const devices: RoomDevice[] = [];
  for (const name of names) {
    const device = await roomDevice(world, `${person(name.split('/')[0]!)}/${name.split('/')[1]}`);
    await device.online();
    devices.push(device);
  }
  return devices as [RoomDevice, RoomDevice, RoomDevice];
}

async function turnOn(device: RoomDevice): Promise<void> {
  await device.rooms.learnMembers(ROOM);
  device.sync.keyChanges.switch(ROOM, 'on');
  await world.rest();
}

const texts = (rows: readonly StoredMessage[]): string[] =>
  rows.flatMap(({ content, text, unreadable }) => (content === 'keys-changed' ? [] : [unreadable ?? text]));

/** Which of these words the room ever had. */
function clear(...words: string[]): string[] {
  const held = JSON.stringify(world.room.archive) + [ann, ben, cat].flatMap(({ said }) => said).join('\n');
  return words.filter((one) => held.includes(one));
}
