// What a room's engine hands on to a new stream, because the one before it never said that it had it: old words that come live, and that the
// archive tells as well. They stand where the archive has them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { range } from '../../../kit/device-talk.ts';
import { delayed, withArchiveId } from '../../../kit/model-engine.ts';
import type { RoomDevice } from '../../../kit/rooms/room-device.ts';
import { enterAll, turnOn, wordsOf } from '../../../kit/rooms/room-hands.ts';
import { BEN, ROOM, RoomWorld } from '../../../kit/rooms/room-world.ts';

/** More than the newest page holds. */
const MANY = 130;

describe('words of a room that a new stream is handed', () => {
  for (const isSealed of [false, true]) {
    it(`stand where the archive has them, ${isSealed ? 'sealed' : 'in clear'}`, async () => {
      const world = new RoomWorld('ann', 'ben');
      const [ann, ben] = (await enterAll(world, 'ann/1', 'ben/1')) as [RoomDevice, RoomDevice];
      if (isSealed) await turnOn(world, ann);
      await ann.say('begun');
      ben.offline();
      for (const number of range(1, MANY)) await ann.say(`words ${number}`);
      world.room.kept = world.room.archive.slice(1, 23).map(({ id, at, message }) => delayed(withArchiveId(message, ROOM, id), BEN, at));
      const again = await ben.restart();
      await again.online();
      assert.deepEqual(wordsOf(await again.thread()), ['begun', ...range(1, MANY).map((number) => `words ${number}`)]);
      assert.deepEqual(again.errors, []);
    });
  }
});
