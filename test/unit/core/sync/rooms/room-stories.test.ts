// A room of three, whatever happens in whatever order: accepted means shown exactly once, each sender in order, and no step of a ratchet twice.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../../src/model/account.ts';
import type { FakeClock } from '../../../../kit/fake-clock.ts';
import type { MessageDevice } from '../../../../kit/message-device.ts';
import { chance } from '../../../../kit/random.ts';
import { ModelRoom } from '../../../../kit/rooms/model-room.ts';
import { SealingWorld } from '../../../../kit/sealing-world.ts';
import { DEADLY, tell, USUAL, type Setting } from '../../../../kit/stories.ts';
import { untilQuiet } from '../../../../kit/two-sealing-devices.ts';

const STORIES = Math.ceil(Number(process.env['WARBLER_STORIES'] ?? 150) / 5);
const ROOM = 'team@rooms.app1.test' as Address;
const DEVICES = ['ann@app1.test/one', 'ben@app1.test/one', 'cat@app1.test/one'] as const;

const settingOf = (seed: number, isSealed: boolean): Setting => ({
  devices: DEVICES,
  conversationOf: () => ROOM,
  build(engine, clock) {
    engine.handsOn = seed % 2 === 0;
    const members = { 'ann@app1.test': 'owner', 'ben@app1.test': 'member', 'cat@app1.test': 'member' } as const;
    engine.rooms.set(ROOM, new ModelRoom(ROOM, () => clock.now(), members));
  },
  begin: (devices, clock) => enter(devices, clock, isSealed),
});

async function enter(devices: readonly MessageDevice[], clock: FakeClock, isSealed: boolean): Promise<void> {
  await untilQuiet(clock, devices);
  for (const { rooms } of devices) void rooms.joinRoom(ROOM);
  await untilQuiet(clock, devices);
  if (!isSealed) return;
  for (const { rooms } of devices) void rooms.learnMembers(ROOM);
  await untilQuiet(clock, devices);
  for (const { sync } of devices) sync.keyChanges.switch(ROOM, 'on');
  await untilQuiet(clock, devices);
}

describe('messages of a room in any order of events', () => {
  for (const pace of [USUAL, DEADLY]) {
    const stories = pace === USUAL ? STORIES : Math.ceil(STORIES / 5);
    const how = pace === USUAL ? '' : ' in which cores die all the time';

    it(`are neither lost, doubled nor misplaced in ${stories} stories${how}`, async () => {
      for (let seed = 1; seed <= stories; seed++)
        assert.deepEqual(await tell(chance(seed), settingOf(seed, false), undefined, pace), [], `story ${seed}`);
    });

    it(`are neither, and no step of a ratchet is done twice, in ${stories} encrypted stories${how}`, async () => {
      for (let seed = 1; seed <= stories; seed++) {
        const world = new SealingWorld();
        const findings = await tell(chance(seed), settingOf(seed, true), world, pace);
        assert.deepEqual([...findings, ...world.faults], [], `story ${seed}`);
      }
    });
  }
});
