// Rooms in the older method, where nothing inside a message says who wrote it where: members and engines that make use of that.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Address } from '../../../../../src/model/account.ts';
import { writeLegacyDevices } from '../../../../../src/xmpp/codecs/legacy-omemo.ts';
import { NS_CLIENT, NS_LEGACY_OMEMO, NS_LEGACY_OMEMO_DEVICES, NS_OMEMO_DEVICES } from '../../../../../src/xmpp/namespaces.ts';
import { child, element, parseFrame, type Element } from '../../../../../src/xmpp/xml.ts';
import { changed, flipped } from '../../../../kit/encryption/evil-engine.ts';
import { legacyDevices } from '../../../../kit/encryption/legacy-pair.ts';
import type { RoomDevice } from '../../../../kit/rooms/room-device.ts';
import { chooseOlder, clearWords, comeBack, enterAll, enterThree, linesOf, wordsOf } from '../../../../kit/rooms/room-hands.ts';
import { BEN, CAT, person, ROOM, RoomWorld } from '../../../../kit/rooms/room-world.ts';

const MALLORY = person('mallory');
const SECRET = 'secret-7e02';

let world: RoomWorld;
let ann: RoomDevice;
/** His program knows nothing newer. */
let ben: RoomDevice;
let cat: RoomDevice;

beforeEach(async () => {
  world = new RoomWorld('ann', 'ben', 'cat');
  world.older.add(BEN);
  [ann, ben, cat] = await enterThree(world);
  await chooseOlder(world, ben, ann, cat);
});

const lastOf = async (device: RoomDevice) => (await device.thread()).findLast(({ content }) => content !== 'keys-changed');

/** What this device said last, as the room got it. */
function saidBy({ said }: RoomDevice): Element {
  const sealed = said.flatMap((text) => {
    const frame = parseFrame(text);
    return frame.ok && child(frame.element, 'encrypted', NS_LEGACY_OMEMO) ? [frame.element] : [];
  });
  const last = sealed.at(-1);
  assert.ok(last, 'it has said nothing');
  return last;
}

/** Somebody inside says it, in their own name. */
async function sayAs(who: Address, message: Element, id: string): Promise<void> {
  const said = { ...message, attributes: { ...message.attributes, to: ROOM, type: 'groupchat', id } };
  const children = said.children.filter((one) => typeof one === 'string' || one.name !== 'origin-id');
  world.room.hear(`${who}/1`, { ...said, children }, () => undefined);
  await world.rest();
}

describe('a member who shows another’s words as their own', () => {
  it('is not believed, whether a session was begun in them or went on', async () => {
    for (const why of ['tampered', 'no-session']) {
      await ben.say('his words');
      await sayAs(CAT, saidBy(ben), `replayed ${why}`);
      const last = await lastOf(ann);
      assert.deepEqual([last?.text, last?.content, last?.unreadable], ['', 'unreadable', why]);
      await ann.say('heard');
    }
    const keys = await ann.encryption.trust.read(CAT);
    const older = keys.ok ? keys.value.devices.filter(({ method }) => method === 'legacy') : [];
    assert.equal(older.length, 1, 'nobody’s key became theirs');
    await cat.say('her own');
    await ben.say('and his');
    assert.deepEqual(wordsOf(await ann.thread()).slice(-2), ['her own', 'and his']);
  });

  it('repeats them in the name of who wrote them: nobody is told twice', async () => {
    await ben.say('once');
    const before = wordsOf(await ann.thread());
    await sayAs(BEN, saidBy(ben), 'again');
    assert.deepEqual(wordsOf(await ann.thread()), before);
  });

  it('puts other words beside another’s key: refused, and the true ones still open', async () => {
    ann.offline();
    await ben.say('true words');
    const [held] = world.room.archive.splice(-1);
    assert.ok(held);
    await ann.online();
    for (const part of ['payload', 'iv', 'key'])
      await sayAs(
        BEN,
        changed(saidBy(ben), part, (one) => flipped(one, 3)),
        `forged-${part}`,
      );
    const said = wordsOf(await ann.thread());
    assert.ok(
      said.every((one) => one === 'tampered' || one === 'no-session'),
      said.join(),
    );
    assert.equal(said.length, 3);
    await sayAs(BEN, saidBy(ben), 'true');
    assert.equal((await lastOf(ann))?.text, 'true words');
  });
});

describe('an engine that swaps who is who in the older method', () => {
  it('live, another address behind a name: what this name says is not shown as that person’s', async () => {
    await ben.say('before');
    world.room.lies.occupant = (by) => (by === BEN ? CAT : by);
    await comeBack(ann);
    await ben.say('true words');
    const last = await lastOf(ann);
    assert.deepEqual([last?.text, last?.content, last?.unreadable], ['', 'unreadable', 'tampered']);
  });

  for (const [swap, author] of [
    ['says that another wrote it', CAT],
    ['says that a stranger wrote it', MALLORY],
    ['does not say who wrote it', undefined],
  ] as const)
    it(`its archive ${swap}: shown as unreadable, with a reason`, async () => {
      await ben.say('begun');
      await ann.say('heard');
      ann.offline();
      await ben.say('true words');
      world.room.lies.author = (by) => (by === BEN ? author : by);
      await ann.online();
      const last = await lastOf(ann);
      assert.deepEqual([last?.text, last?.content], ['', 'unreadable']);
      assert.ok(last?.unreadable);
    });
});

describe('what stands between and beside', () => {
  it('a key without words shows nothing, and the conversation goes on', async () => {
    await ben.say('begun');
    const before = wordsOf(await ann.thread());
    const empty = changed(saidBy(ben), 'payload', () => undefined);
    await sayAs(BEN, empty, 'transport');
    await cat.say('after');
    await ben.say('his');
    assert.deepEqual(wordsOf(await ann.thread()), [...before, 'after', 'his']);
    assert.deepEqual(ann.errors, []);
  });

  it('words in clear are marked for what they are', async () => {
    const words = element('message', NS_CLIENT, {}, [element('body', NS_CLIENT, {}, ['in clear'])]);
    await sayAs(BEN, words, 'clear-1');
    const last = await lastOf(ann);
    assert.deepEqual([last?.text, last?.protection, ann.record().badge], ['in clear', { how: 'plain' }, 'mixed']);
  });

  it('words in clear beside the seal are not shown', async () => {
    await ben.say('begun');
    await ann.say('heard');
    ann.offline();
    await ben.say('sealed');
    world.room.archive.splice(-1);
    await ann.online();
    const message = saidBy(ben);
    const beside = [element('body', NS_CLIENT, {}, ['forged'])];
    await sayAs(BEN, { ...message, children: [...beside, ...message.children] }, 'beside');
    assert.equal((await lastOf(ann))?.text, 'sealed');
  });
});

describe('an engine that wants to read the older method', () => {
  it('puts a member onto the lists: nothing goes before a person decides', async () => {
    world.room.setAffiliation(MALLORY, 'member');
    await world.rest();
    await ann.say(SECRET);
    assert.deepEqual(ann.failures(), [{ kind: 'members-changed', came: [MALLORY] }]);
    assert.deepEqual(linesOf(await ann.thread()).slice(-1), ['member-came mallory']);
    assert.deepEqual(clearWords(world, [ann], [SECRET]), []);
  });

  it('puts a device onto a member’s list: it is told, and where keys were compared it gets nothing', async () => {
    const mallory = (await enterAll(world.with('mallory'), 'mallory/1'))[0]!;
    await mallory.encryption.legacy.switch('on');
    await world.rest();
    world.room.setAffiliation(MALLORY, 'none');
    await world.rest();
    const [hers] = legacyDevices(world.keys, MALLORY);
    assert.ok(hers);
    const keys = await ann.encryption.trust.read(CAT);
    const cats = keys.ok ? keys.value.devices.find(({ method }) => method === 'legacy') : undefined;
    assert.ok(cats);
    await ann.encryption.trust.decide(CAT, { device: cats.id, fingerprint: cats.fingerprint, trust: 'verified' });
    const { lie } = world.keys;
    world.keys.lie = (question) =>
      question.owner === CAT && question.node.endsWith(`:${hers}`) ? world.keys.items(MALLORY, question.node) : lie(question);
    world.keys.put(CAT, NS_LEGACY_OMEMO_DEVICES, writeLegacyDevices([cats.id, hers]));
    await world.rest();
    await ann.say(SECRET);
    assert.deepEqual(ann.failures(), [{ kind: 'keys-undecided', person: CAT, devices: 1 }]);
    assert.deepEqual(linesOf(await ann.thread()).slice(-1), ['undecided-device cat']);
  });

  it('hides the newer lists of all: nobody is written to in the older without a person’s word', async () => {
    await cat.encryption.trust.read(person('ann'));
    cat.sync.keyChanges.switch(ROOM, 'off');
    cat.sync.keyChanges.switch(ROOM, 'on');
    world.keys.lie = ({ node, items }) => (node === NS_OMEMO_DEVICES ? [] : items);
    await comeBack(cat);
    await cat.say(SECRET);
    assert.equal(cat.failures()[0]?.kind, 'keys-missing');
    assert.deepEqual(clearWords(world, [cat], [SECRET]), []);
    const { hadNewer } = await cat.encryption.legacy.among([person('ann')]);
    assert.deepEqual(hadNewer, [person('ann')], 'the question names who had something newer');
  });

  it('takes the older list away: the newer method is used, or nothing goes', async () => {
    world.keys.lie = ({ owner, node, items }) => (owner === BEN && node === NS_LEGACY_OMEMO_DEVICES ? [] : items);
    await comeBack(ann);
    await ann.say(SECRET);
    assert.equal(ann.failures()[0]?.kind, 'keys-missing');
    assert.deepEqual(clearWords(world, [ann], [SECRET]), []);
  });
});
