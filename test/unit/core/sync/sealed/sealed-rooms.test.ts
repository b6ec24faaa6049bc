// Encrypted rooms, with the real encryption: who reads, who does not, what waits for a word, and what is never said in clear.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { NS_IDS } from '../../../../../src/xmpp/namespaces.ts';
import { element } from '../../../../../src/xmpp/xml.ts';
import { roomDevice, type RoomDevice } from '../../../../kit/rooms/room-device.ts';
import { clearWords, decide, enterAll, enterThree, kinds, linesOf, turnOn, wordsOf } from '../../../../kit/rooms/room-hands.ts';
import { BEN, CAT, DAN, person, ROOM, RoomWorld } from '../../../../kit/rooms/room-world.ts';

let world: RoomWorld;
let ann: RoomDevice;
let ben: RoomDevice;
let cat: RoomDevice;

beforeEach(async () => {
  world = new RoomWorld('ann', 'ben', 'cat');
  [ann, ben, cat] = await enterThree(world);
});

const clear = (...words: string[]): string[] => clearWords(world, [ann, ben, cat], words);

describe('a room of members only', () => {
  it('is in clear until a person turns encryption on, and from then on nothing in it is', async () => {
    await ann.say('in clear');
    await turnOn(world, ann);
    await ann.say('only for members');
    await ben.say('and back');
    await cat.say('me too');
    for (const device of [ann, ben, cat]) {
      assert.deepEqual(wordsOf(await device.thread()), ['in clear', 'only for members', 'and back', 'me too'], device.full);
      assert.deepEqual([device.record().encryption, device.record().badge], ['on', 'encrypted'], device.full);
      assert.deepEqual(device.errors, []);
    }
    assert.deepEqual(clear('in clear', 'only for members', 'and back', 'me too'), ['in clear']);
  });

  it('goes on in clear where a person has turned it off, whatever others do', async () => {
    await turnOn(world, ann);
    await ann.say('sealed');
    ben.sync.keyChanges.switch(ROOM, 'off');
    await ann.say('sealed again');
    await ben.say('as I said');
    assert.equal(ben.record().encryption, 'off');
    assert.deepEqual(clear('sealed', 'as I said'), ['as I said']);
    const [last] = (await ann.thread()).slice(-1);
    assert.deepEqual([last?.text, last?.protection, ann.record().badge], ['as I said', { how: 'plain' }, 'mixed']);
  });

  it('tells that somebody writes only inside, and of reading nothing', async () => {
    await turnOn(world, ann);
    await ann.say('hello');
    const said = ann.said.length;
    ann.sync.states.tell(ROOM, true);
    await world.rest();
    assert.deepEqual(ben.sync.states.writing(ROOM), ['ann-1']);
    for (const text of ann.said.slice(said)) assert.doesNotMatch(text, /chatstates|receipts|markers/);
    assert.match(ann.said.slice(said).join(), /type="groupchat".*no-store|no-store.*type="groupchat"/s);
    ben.sync.receipts.seen(ROOM, 'x');
    ben.sync.receipts.arrived(ROOM, 'x');
    assert.doesNotMatch(ben.said.join(), /receipts|markers/);
    assert.equal(world.room.archive.length, 1, 'that somebody writes is not for keeping');
  });

  it('is read by own other devices, and by those who come later from its archive', async () => {
    const [two] = (await enterAll(world, 'ann/2')) as [RoomDevice];
    await turnOn(world, ann);
    cat.offline();
    await ann.say('from one');
    await two.say('from two');
    await ben.say('from ben');
    await cat.online();
    for (const device of [ann, two, ben, cat]) {
      assert.deepEqual(wordsOf(await device.thread()), ['from one', 'from two', 'from ben'], device.full);
      const own = (await device.thread()).filter((one) => one.own && one.content === 'text').map(({ text }) => text);
      assert.deepEqual(own, device.self === ann.self ? ['from one', 'from two'] : device === ben ? ['from ben'] : [], device.full);
    }
    assert.deepEqual(clear('from one', 'from two', 'from ben'), []);
  });

  it('is understood from the first word: what it says to a stream before that one is in waits until it is known who is there', async () => {
    await turnOn(world, ann);
    await ann.say('begun');
    cat.offline();
    await ann.say('said on the doorstep');
    const [kept] = world.room.archive.slice(-1);
    assert.ok(kept);
    world.room.kept = [{ ...kept.message, children: [...kept.message.children, element('stanza-id', NS_IDS, { by: ROOM, id: kept.id })] }];
    cat = await cat.restart();
    await cat.online();
    assert.deepEqual(wordsOf(await cat.thread()), ['begun', 'said on the doorstep']);
    assert.deepEqual(cat.errors, []);
  });

  it('already carries encrypted talk for who joins late: what was not written to them says so, and what they write is sealed', async () => {
    await turnOn(world, ann);
    await ann.say('before dan');
    world.room.setAffiliation(DAN, 'member');
    const [dan] = (await enterAll(world, 'dan/1')) as [RoomDevice];
    assert.deepEqual(wordsOf(await dan.thread()), ['not-for-this-device']);
    assert.equal(dan.record().encryption, 'on');
    await dan.say('from dan');
    assert.deepEqual(wordsOf(await ben.thread()), ['before dan', 'from dan']);
    assert.deepEqual(clear('from dan'), []);
  });

  it('survives a restart, and what waited goes to who belongs to it then', async () => {
    await turnOn(world, ann);
    await ann.say('before');
    ann.offline();
    await ann.say('written away');
    world.room.setAffiliation(CAT, 'none');
    ann = await ann.restart();
    await ann.online();
    assert.deepEqual(wordsOf(await ben.thread()), ['before', 'written away']);
    assert.deepEqual(wordsOf(await cat.thread()), ['before']);
    assert.deepEqual(linesOf(await ann.thread()).slice(-1), ['member-left cat']);
    assert.deepEqual([ann.failures(), ann.errors], [[], []]);
  });
});

describe('who came', () => {
  beforeEach(async () => {
    await turnOn(world, ann);
    await ann.say('before');
    const [dan] = (await enterAll(world.with('dan'), 'dan/1')) as [RoomDevice];
    assert.ok(dan);
  });

  it('is told in the thread before anything is sent, and reads nothing before a person decides', async () => {
    assert.deepEqual(linesOf(await ann.thread()).slice(-1), ['member-came dan']);
    await ann.say('waits');
    assert.deepEqual(ann.failures(), [{ kind: 'members-changed', came: [DAN] }]);
    assert.deepEqual(wordsOf(await ben.thread()), ['before']);
    await decide(world, ann);
    assert.deepEqual(wordsOf(await ben.thread()), ['before', 'waits']);
    assert.deepEqual([ann.failures(), clear('waits')], [[], []]);
  });

  it('is not let in by a decision on somebody else', async () => {
    world.room.setAffiliation(person('eve'), 'member');
    await world.rest();
    ann.sync.readership.confirm(ROOM, { people: [DAN], without: [] });
    await ann.say('waits');
    assert.deepEqual(ann.failures(), [{ kind: 'members-changed', came: [person('eve')] }]);
  });

  it('and left again before it was decided lets what waits go, and comes anew another time', async () => {
    await ann.say('waits');
    world.room.setAffiliation(DAN, 'none');
    await world.rest();
    await decide(world, ann);
    assert.deepEqual(wordsOf(await ben.thread()), ['before', 'waits']);
    world.room.setAffiliation(DAN, 'member');
    await world.rest();
    await ann.say('again');
    assert.deepEqual(ann.failures(), [{ kind: 'members-changed', came: [DAN] }]);
  });

  it('is told once, also to a core that was not there meanwhile', async () => {
    ann = await ann.restart();
    world.room.setAffiliation(person('eve'), 'admin');
    await ann.online();
    ann = await ann.restart();
    await ann.online();
    assert.deepEqual(linesOf(await ann.thread()).slice(-2), ['member-came dan', 'member-came eve']);
  });
});

describe('who left', () => {
  it('is told, and is written to no more, also where the device still listens', async () => {
    await turnOn(world, ann);
    await ann.say('before');
    world.room.setAffiliation(CAT, 'none');
    await world.rest();
    assert.deepEqual(linesOf(await ann.thread()).slice(-1), ['member-left cat']);
    await ann.say('without cat');
    assert.deepEqual(wordsOf(await ben.thread()), ['before', 'without cat']);
    const last = ann.said.findLast((text) => text.includes('<encrypted'));
    assert.ok(last?.includes(`jid="${BEN}"`) && !last.includes(CAT), last);
  });

  it('an outcast never gets a key', async () => {
    world.room.setAffiliation(CAT, 'outcast');
    await turnOn(world, ann);
    await ann.say('not for cat');
    assert.doesNotMatch(ann.said.filter((text) => text.includes('<encrypted')).join(), /cat@/);
  });
});

describe('a member without a device', () => {
  it('is named, and left out only after a person has said so', async () => {
    world.room.setAffiliation(DAN, 'member');
    world.room.setAffiliation(person('eve'), 'member');
    await world.rest();
    await turnOn(world, ann);
    await ann.say('for all');
    assert.deepEqual(ann.failures(), [{ kind: 'keys-missing', person: DAN, people: [DAN, person('eve')] }]);
    await decide(world, ann, [DAN]);
    assert.deepEqual(ann.failures(), [{ kind: 'keys-missing', person: person('eve'), people: [person('eve')] }]);
    await decide(world, ann, [DAN, person('eve')]);
    assert.deepEqual([ann.failures(), wordsOf(await ben.thread())], [[], ['for all']]);
    assert.deepEqual(clear('for all'), []);
  });

  it('is written to as soon as there is one', async () => {
    world.room.setAffiliation(DAN, 'member');
    await world.rest();
    await turnOn(world, ann);
    await ann.say('early');
    await decide(world, ann, [DAN]);
    const dan = await roomDevice(world, `${DAN}/1`);
    await dan.online();
    await ann.say('late');
    assert.deepEqual(wordsOf(await dan.thread()), ['not-for-this-device', 'late']);
  });
});

describe('trust in a room', () => {
  it('is strict after the first comparison: one undecided device of one member holds everything', async () => {
    await turnOn(world, ann);
    await ann.say('before');
    const keys = await ann.encryption.trust.read(BEN);
    assert.ok(keys.ok && keys.value.safetyNumber);
    await ann.encryption.trust.confirmNumber(BEN, keys.value.safetyNumber);
    await enterAll(world, 'ben/2');
    await ann.say('waits');
    assert.deepEqual(kinds(ann), ['keys-undecided']);
    assert.deepEqual(linesOf(await ann.thread()).slice(-1), ['undecided-device ben']);
    const [device] = await undecidedOf(ann, BEN);
    assert.ok(device);
    await ann.encryption.trust.decide(BEN, { device: device.id, fingerprint: device.fingerprint, trust: 'refused' });
    await world.rest();
    assert.deepEqual([ann.failures(), wordsOf(await cat.thread())], [[], ['before', 'waits']]);
  });

  it('shows as verified only where every member was compared', async () => {
    await turnOn(world, ann);
    await ann.say('before');
    for (const [one, badge] of [
      [BEN, 'encrypted'],
      [CAT, 'verified'],
    ] as const) {
      const keys = await ann.encryption.trust.read(one);
      await ann.encryption.trust.confirmNumber(one, (keys.ok && keys.value.safetyNumber) || '');
      await world.rest();
      assert.equal(ann.record().badge, badge, one);
    }
  });
});

async function undecidedOf(device: RoomDevice, of: typeof BEN) {
  const keys = await device.encryption.trust.read(of);
  return keys.ok ? keys.value.devices.filter(({ trust }) => trust === 'undecided') : [];
}
