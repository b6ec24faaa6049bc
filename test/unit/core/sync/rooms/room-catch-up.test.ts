// What was missed in a room: asked for until it is there, and looked for behind whatever nobody is shown.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { element } from '../../../../../src/xmpp/xml.ts';
import { range } from '../../../../kit/device-talk.ts';
import type { RoomDevice } from '../../../../kit/rooms/room-device.ts';
import { enterAll, wordsOf } from '../../../../kit/rooms/room-hands.ts';
import { person, ROOM, RoomWorld } from '../../../../kit/rooms/room-world.ts';

let world: RoomWorld;
let ann: RoomDevice;
let ben: RoomDevice;

beforeEach(async () => {
  world = new RoomWorld('ann', 'ben');
  [ann, ben] = (await enterAll(world, 'ann/1', 'ben/1')) as [RoomDevice, RoomDevice];
  await ann.say('begun');
  ben.offline();
});

describe('what was missed in a room', () => {
  it('is asked for again where its archive does not answer; what is said meanwhile stands apart from it', async () => {
    world.room.pagesLeft = 0;
    await ann.say('missed');
    await ben.online();
    await ann.say('said meanwhile');
    assert.deepEqual(wordsOf(await ben.thread()), ['begun', 'said meanwhile']);
    assert.equal(ben.record().gaps.length, 1, 'a reader sees that something is missing there');
    world.room.pagesLeft = Infinity;
    world.clock.advance(60_000);
    await world.rest();
    assert.deepEqual(wordsOf(await ben.thread()), ['begun', 'missed', 'said meanwhile']);
    assert.deepEqual([ben.record().gaps, ben.errors], [[], []]);
  });

  it('is asked for again where nobody says anything meanwhile', async () => {
    world.room.pagesLeft = 0;
    await ann.say('missed');
    await ben.online();
    world.clock.advance(20_000);
    await world.rest();
    world.room.pagesLeft = Infinity;
    world.clock.advance(60_000);
    await world.rest();
    assert.deepEqual(wordsOf(await ben.thread()), ['begun', 'missed']);
  });

  it('is fetched by itself where an earlier stream left it', async () => {
    for (const number of range(1, 220)) await ann.say(`missed ${number}`);
    world.room.pagesLeft = 2;
    await ben.online();
    assert.equal(ben.record().gaps.length, 1);
    world.room.pagesLeft = Infinity;
    ben = await ben.restart();
    await ann.say('said later');
    await ben.online();
    assert.deepEqual(wordsOf(await ben.thread()), ['begun', ...range(1, 220).map((number) => `missed ${number}`), 'said later']);
    assert.deepEqual(ben.record().gaps, []);
  });

  it('is found behind pages of nothing but passing words', async () => {
    await ann.say('missed');
    for (const number of range(1, 170)) passes(number);
    await ben.online();
    assert.deepEqual(wordsOf(await ben.thread()), ['begun', 'missed']);
    await ann.say('said later');
    assert.deepEqual(wordsOf(await ben.thread()), ['begun', 'missed', 'said later']);
    assert.deepEqual([ben.record().gaps, ben.errors], [[], []]);
  });

  /** Kept by the archive, and nothing that a thread shows. */
  function passes(number: number): void {
    const message = element('message', 'jabber:client', { type: 'groupchat', from: `${ROOM}/ann-1`, id: `p${number}` }, [
      element('store', 'urn:xmpp:hints'),
    ]);
    world.room.archive.push({ id: `passing-${number}`, at: world.clock.now(), by: person('ann'), message });
  }
});
