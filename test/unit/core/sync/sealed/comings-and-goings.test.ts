// Generated stories of an encrypted room whose members come and go: nobody gets a key who is not on the list at that moment, and nobody
// whom the writer has not been told of and let in.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Address } from '../../../../../src/model/account.ts';
import { readAccounts } from '../../../../../src/xmpp/codecs/omemo-message.ts';
import { parseFrame } from '../../../../../src/xmpp/xml.ts';
import { chance, type Chance } from '../../../../kit/random.ts';
import type { RoomDevice } from '../../../../kit/rooms/room-device.ts';
import { clearWords, enterAll, turnOn, wordsOf } from '../../../../kit/rooms/room-hands.ts';
import { person, ROOM, RoomWorld } from '../../../../kit/rooms/room-world.ts';

const STORIES = Number(process.env['WARBLER_ROOMS'] ?? 6);
const STEPS = 25;
const NAMES = ['ann', 'ben', 'cat', 'dan', 'eve'];

interface Story {
  world: RoomWorld;
  devices: RoomDevice[];
  away: Set<RoomDevice>;
  /** Whom each device's person has let in. */
  letIn: Map<RoomDevice, Set<Address>>;
  /** What was written, and for whom it was sealed. */
  said: Map<string, ReadonlySet<string>>;
}

it(`holds in ${STORIES} stories of ${STEPS} steps`, async () => {
  let read = 0;
  for (let seed = 1; seed <= STORIES; seed++) read += await tell(chance(seed), seed);
  assert.ok(read > STORIES * 3, `only ${read} messages were read`);
});

async function tell(random: Chance, seed: number): Promise<number> {
  const world = new RoomWorld('ann', 'ben', 'cat');
  const devices = await enterAll(world, 'ann/1', 'ben/1', 'cat/1');
  for (const device of devices) await turnOn(world, device);
  const all = new Set(world.room.members());
  const story: Story = { world, devices, away: new Set(), letIn: new Map(devices.map((one) => [one, new Set(all)])), said: new Map() };
  for (let step = 0; step < STEPS; step++) {
    await doOne(story, random, `words ${seed}.${step}`);
    judgeSaid(story, `story ${seed}, step ${step}`);
  }
  for (const device of story.away) await device.online();
  judgeSaid(story, `story ${seed}, at its end`);
  return judgeThreads(story, `story ${seed}`);
}

async function doOne(story: Story, random: Chance, words: string): Promise<void> {
  const { world, devices, away } = story;
  const device = random.oneOf(devices);
  const name = random.oneOf(NAMES);
  const what = random.below(11);
  if (what < 4) await device.say(words);
  else if (what === 4 || what === 5) await letInto(story, name);
  else if (what === 6) world.room.setAffiliation(person(name), random.oneOf(['none', 'member', 'admin', 'outcast'] as const));
  else if (what < 9) await letIn(story, device);
  else if (away.delete(device)) await device.online();
  else {
    away.add(device);
    device.offline();
  }
  await world.rest();
  forgetWhoLeft(story);
}

/** A member without a device gets one, so that nobody waits for keys for ever. */
async function letInto({ world, devices, away, letIn: known }: Story, name: string): Promise<void> {
  const there = devices.find(({ self }) => self === person(name));
  world.room.setAffiliation(person(name), 'member');
  await world.rest();
  if (there && !away.has(there)) void there.rooms.joinRoom(ROOM);
  if (there) return;
  const [device] = await enterAll(world, `${name}/1`);
  assert.ok(device);
  devices.push(device);
  await turnOn(world, device);
  known.set(device, new Set(world.room.members()));
}

async function letIn({ world, away, letIn: known }: Story, device: RoomDevice): Promise<void> {
  const listed = away.has(device) ? undefined : device.sync.readership.listed(ROOM);
  if (!listed?.ok) return;
  device.sync.readership.confirm(ROOM, { people: listed.value, without: listed.value });
  known.set(device, new Set([...listed.value, device.self]));
  await device.sync.outbox.decided(ROOM);
  await world.rest();
}

/** Whoever left and comes again is new. Who is away hears of it when they are back: until then they write to nobody. */
function forgetWhoLeft({ world, away, letIn: known }: Story): void {
  const members = world.room.members();
  for (const [device, people] of known) {
    if (!away.has(device)) for (const one of people) if (!members.includes(one)) people.delete(one);
  }
}

function judgeSaid({ world, devices, letIn: known, said }: Story, where: string): void {
  const members = new Set<string>(world.room.members());
  for (const device of devices) {
    for (const text of device.said.splice(0)) {
      assert.doesNotMatch(text, /<body/, where);
      const frame = parseFrame(text);
      const accounts = frame.ok ? readAccounts(frame.element) : [];
      if (!frame.ok || accounts.length === 0) continue;
      said.set(frame.element.attributes['id'] ?? '', new Set(accounts));
      for (const one of accounts) {
        assert.ok(members.has(one), `${where}: ${device.full} wrote to ${one}, who is no member`);
        assert.ok(known.get(device)?.has(one as Address), `${where}: ${device.full} wrote to ${one}, whom nobody let in`);
      }
    }
  }
}

/** How many messages of others were read. */
async function judgeThreads({ world, devices, said }: Story, where: string): Promise<number> {
  let read = 0;
  for (const device of devices) {
    assert.deepEqual(device.errors, [], where);
    for (const { text, originId, own } of await device.thread()) {
      if (text === '' || own) continue;
      read += 1;
      assert.ok(said.get(originId ?? '')?.has(device.self), `${where}: ${device.full} reads “${text}”`);
    }
  }
  assert.deepEqual(
    clearWords(
      world,
      devices,
      wordsOf(await devices[0]!.thread()).filter((one) => one.startsWith('words')),
    ),
    [],
    where,
  );
  return read;
}
