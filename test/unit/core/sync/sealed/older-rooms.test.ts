// Rooms in the older method, with the real encryption: chosen by a person for the sake of who has nothing newer, for everybody on the lists.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { LEGACY_STAND_IN } from '../../../../../src/xmpp/codecs/encrypted.ts';
import { NS_LEGACY_OMEMO, NS_OMEMO } from '../../../../../src/xmpp/namespaces.ts';
import type { RoomDevice } from '../../../../kit/rooms/room-device.ts';
import {
  chooseOlder,
  clearWords,
  decide,
  enterAll,
  enterThree,
  kinds,
  linesOf,
  turnOn,
  wordsOf,
} from '../../../../kit/rooms/room-hands.ts';
import { BEN, CAT, DAN, ROOM, RoomWorld } from '../../../../kit/rooms/room-world.ts';

const HOUR = 3_600_000;

let world: RoomWorld;
let ann: RoomDevice;
/** His program knows nothing newer. */
let ben: RoomDevice;
let cat: RoomDevice;

beforeEach(async () => {
  world = new RoomWorld('ann', 'ben', 'cat');
  world.older.add(BEN);
  [ann, ben, cat] = await enterThree(world);
});

const clear = (...words: string[]): string[] => clearWords(world, [ann, ben, cat], words);
const sealedBy = (device: RoomDevice): string[] => device.said.filter((text) => text.includes('<encrypted'));
const howOf = async (device: RoomDevice): Promise<(string | undefined)[]> =>
  (await device.thread()).flatMap(({ content, protection }) => (content === 'keys-changed' ? [] : [protection?.how]));

describe('a room in the older method', () => {
  it('goes to every device of everybody, says of each message that it was this one, and claims nothing', async () => {
    await chooseOlder(world, ben, ann, cat);
    await ann.say('from ann');
    await ben.say('from ben');
    await cat.say('from cat');
    for (const device of [ann, ben, cat]) {
      assert.deepEqual(wordsOf(await device.thread()), ['from ann', 'from ben', 'from cat'], device.full);
      assert.deepEqual(await howOf(device), ['legacy', 'legacy', 'legacy'], device.full);
      const { encryption, legacy, badge } = device.record();
      assert.deepEqual({ encryption, legacy, badge }, { encryption: 'on', legacy: true, badge: 'mixed' }, device.full);
      assert.deepEqual(device.errors, []);
    }
    assert.deepEqual(clear('from ann', 'from ben', 'from cat'), []);
    for (const text of sealedBy(ann)) assert.ok(text.includes(NS_LEGACY_OMEMO) && !text.includes(`"${NS_OMEMO}"`), text);
    for (const text of sealedBy(ann)) assert.doesNotMatch(text.replace(`<body>${LEGACY_STAND_IN}</body>`, ''), /receipts|markers|<body/);
  });

  it('is written only where a person chose it: what came in it turns encryption on, and an answer waits', async () => {
    await chooseOlder(world, ben);
    for (const { encryption } of [ann, cat]) await encryption.legacy.switch('on');
    await world.rest();
    world.clock.advance(HOUR);
    await ben.say('from ben');
    const { encryption, legacy, badge } = ann.record();
    assert.deepEqual({ encryption, legacy, badge }, { encryption: 'on', legacy: undefined, badge: 'mixed' });
    await ann.say('an answer');
    assert.deepEqual(ann.failures(), [{ kind: 'keys-missing', person: BEN, people: [BEN] }]);
    ann.sync.keyChanges.switch(ROOM, 'legacy');
    await world.rest();
    assert.deepEqual([kinds(ann), wordsOf(await ben.thread())], [[], ['from ben', 'an answer']]);
    assert.deepEqual(linesOf(await ann.thread()).slice(-1), ['encryption-legacy']);
    assert.deepEqual(clear('from ben', 'an answer'), []);
  });

  it('is not read where the account does not speak it, and turns nothing on there', async () => {
    await chooseOlder(world, ben, ann);
    await decide(world, ann, [CAT]);
    await ann.say('from ann');
    assert.deepEqual(wordsOf(await cat.thread()), ['unknown-method']);
    assert.equal(cat.record().encryption, undefined);
  });

  it('tells neither who writes nor who reads', async () => {
    await chooseOlder(world, ben, ann, cat);
    const said = ann.said.length;
    ann.sync.states.tell(ROOM, true);
    ann.sync.receipts.seen(ROOM, 'x');
    await world.rest();
    assert.deepEqual(ann.said.slice(said), []);
  });

  it('names who does not speak it, and goes on without them only after a person said so', async () => {
    await chooseOlder(world, ben, ann);
    await ann.say('for all');
    assert.deepEqual(ann.failures(), [{ kind: 'keys-missing', person: CAT, people: [CAT] }]);
    await decide(world, ann, [CAT]);
    assert.deepEqual([ann.failures(), wordsOf(await ben.thread())], [[], ['for all']]);
    await cat.encryption.legacy.switch('on');
    await world.rest();
    world.clock.advance(HOUR);
    await ann.say('cat as well');
    assert.deepEqual(wordsOf(await cat.thread()), ['unknown-method', 'cat as well']);
  });

  it('is read by own other devices that speak it, and from the archive by who was away', async () => {
    const [two] = (await enterAll(world, 'ann/2')) as [RoomDevice];
    await chooseOlder(world, ben, ann, cat, two);
    cat.offline();
    await ann.say('from one');
    await two.say('from two');
    await ben.say('from ben');
    await cat.online();
    for (const device of [ann, two, ben, cat]) {
      assert.deepEqual(wordsOf(await device.thread()), ['from one', 'from two', 'from ben'], device.full);
      const own = (await device.thread()).filter((one) => one.own && one.content === 'text').map(({ text }) => text);
      assert.deepEqual(own, device.self === ann.self ? ['from one', 'from two'] : device === ben ? ['from ben'] : [], device.full);
      assert.deepEqual(device.errors, []);
    }
  });

  it('survives a restart, with its choice and its sessions', async () => {
    await chooseOlder(world, ben, ann, cat);
    await ann.say('before');
    ann = await ann.restart();
    await ann.online();
    await ann.say('after');
    await ben.say('and back');
    assert.deepEqual(wordsOf(await ann.thread()), ['before', 'after', 'and back']);
    assert.deepEqual(await howOf(ben), ['legacy', 'legacy', 'legacy']);
    assert.equal(ann.record().legacy, true);
    assert.deepEqual(ann.errors, []);
  });
});

describe('who comes and goes in the older method', () => {
  beforeEach(async () => {
    await chooseOlder(world, ben, ann, cat);
    await ann.say('before');
  });

  it('waits for a word, as in the newer', async () => {
    await enterAll(world.with('dan'), 'dan/1');
    assert.deepEqual(linesOf(await ann.thread()).slice(-1), ['member-came dan']);
    await ann.say('waits');
    assert.deepEqual(ann.failures(), [{ kind: 'members-changed', came: [DAN] }]);
    assert.deepEqual(wordsOf(await ben.thread()), ['before']);
    await decide(world, ann, [DAN]);
    assert.deepEqual([ann.failures(), wordsOf(await ben.thread())], [[], ['before', 'waits']]);
  });

  it('is written to no more once they left', async () => {
    world.room.setAffiliation(CAT, 'none');
    await world.rest();
    await ann.say('without cat');
    assert.deepEqual(wordsOf(await ben.thread()), ['before', 'without cat']);
    assert.deepEqual(wordsOf(await cat.thread()), ['before']);
    assert.equal((sealedBy(ann).at(-1)?.match(/<key /g) ?? []).length, 1);
  });

  it('takes the method along: without anybody who needs it the newer one is used, and the choice is forgotten', async () => {
    world.room.setAffiliation(BEN, 'none');
    await world.rest();
    await ann.say('newer');
    assert.deepEqual([(await howOf(cat)).at(-1), ann.record().legacy, ann.record().badge], ['omemo-2', undefined, 'mixed']);
    world.room.setAffiliation(BEN, 'member');
    await world.rest();
    await decide(world, ann);
    await ann.say('not back');
    assert.deepEqual(ann.failures(), [{ kind: 'keys-missing', person: BEN, people: [BEN] }]);
  });

  it('is left as soon as everybody has the newer one, not when one of them writes in it', async () => {
    cat.sync.readership.confirm(ROOM, { people: [], without: [BEN] });
    cat.sync.keyChanges.switch(ROOM, 'on');
    await cat.say('newer');
    assert.deepEqual([(await howOf(ann)).at(-1), ann.record().legacy], ['omemo-2', true]);
    await ann.say('older still');
    assert.deepEqual([(await howOf(ben)).at(-1), wordsOf(await ben.thread()).at(-1)], ['legacy', 'older still']);
    world.older.delete(BEN);
    ben = await ben.restart();
    await ben.online();
    await ann.say('newer at last');
    assert.deepEqual([wordsOf(await ben.thread()).at(-1), (await howOf(ben)).at(-1)], ['newer at last', 'omemo-2']);
    assert.equal(ann.record().legacy, undefined);
  });

  it('stops where the room cannot be encrypted any more', async () => {
    world.room.configure({ membersOnly: false });
    await world.rest();
    await ann.say('waits');
    assert.deepEqual([kinds(ann), linesOf(await ann.thread()).at(-1)], [['room-unfit'], 'room-unfit']);
    assert.deepEqual(clear('waits'), []);
  });
});

describe('the newer method where somebody has only the older', () => {
  it('does not fall back to it, however it is spoken', async () => {
    for (const device of [ann, ben, cat]) await device.encryption.legacy.switch('on');
    await world.rest();
    await turnOn(world, ann);
    await ann.say('waits');
    assert.deepEqual(ann.failures(), [{ kind: 'keys-missing', person: BEN, people: [BEN] }]);
    assert.deepEqual(sealedBy(ann), []);
  });

  it('says for whose sake the older would help, who would not read it, and who had something newer', async () => {
    const among = () => ann.encryption.legacy.among([BEN, CAT]);
    assert.deepEqual(await among(), { only: [], hadNewer: [], lacking: [BEN, CAT] });
    await ben.encryption.legacy.switch('on');
    await world.rest();
    world.clock.advance(HOUR);
    assert.deepEqual(await among(), { only: [BEN], hadNewer: [], lacking: [CAT] });
  });
});
