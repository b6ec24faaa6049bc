// An engine that lies about a room: who belongs to it, who is who, what it is. Nothing readable reaches whom no person let in, and each is seen.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../../src/model/account.ts';
import { NS_CLIENT, NS_OMEMO } from '../../../../../src/xmpp/namespaces.ts';
import { child, element, parseFrame, type Element } from '../../../../../src/xmpp/xml.ts';
import { encryptionDevice, type EncryptionDevice } from '../../../../kit/encryption/encryption-device.ts';
import { KeyServer } from '../../../../kit/encryption/key-server.ts';
import type { RoomDevice } from '../../../../kit/rooms/room-device.ts';
import { clearWords, comeBack, enterAll, enterThree, linesOf, turnOn, wordsOf } from '../../../../kit/rooms/room-hands.ts';
import { BEN, CAT, person, ROOM, RoomWorld } from '../../../../kit/rooms/room-world.ts';

/** The engine's own account: it gets every stanza there is. */
const MALLORY = person('mallory');
const SECRET = 'secret-4c1d';

interface Evil {
  world: RoomWorld;
  ann: RoomDevice;
  ben: RoomDevice;
  cat: RoomDevice;
  mallory: EncryptionDevice;
}

async function evilRoom(): Promise<Evil> {
  const world = new RoomWorld('ann', 'ben', 'cat');
  const [ann, ben, cat] = await enterThree(world);
  const mallory = await encryptionDevice(world.keys, world.clock, MALLORY);
  mallory.encryption.onOnline('fresh');
  await world.rest();
  await turnOn(world, ann);
  await ann.say('before');
  return { world, ann, ben, cat, mallory };
}

const slipIn =
  (more: readonly Address[]) =>
  (affiliation: string, people: readonly Address[]): readonly Address[] =>
    affiliation === 'member' ? [...people, ...more] : people;

/** What the engine does once encrypted words were exchanged. Then ann writes the secret. */
const LIES: Readonly<Record<string, (evil: Evil) => Promise<void> | void>> = {
  'a member more on its list': async ({ world, ann }) => {
    world.room.lies.list = slipIn([MALLORY]);
    await comeBack(ann);
  },
  'a member more, told in passing': ({ world }) => world.room.setAffiliation(MALLORY, 'member'),
  'a member more, as an owner': async ({ world, ann }) => {
    world.room.lies.list = (what, people) => (what === 'owner' ? [...people, MALLORY] : people);
    await comeBack(ann);
  },
  'a member swapped for another': async ({ world, ann }) => {
    world.room.lies.list = (what, people) => (what === 'member' ? people.map((one) => (one === CAT ? MALLORY : one)) : people);
    await comeBack(ann);
  },
  'a member swapped for another, told in passing': ({ world }) => {
    world.room.setAffiliation(CAT, 'none');
    world.room.setAffiliation(MALLORY, 'member');
  },
  'a member more, and taken back at once, and there again': async ({ world }) => {
    for (const what of ['member', 'none', 'member'] as const) world.room.setAffiliation(MALLORY, what);
  },
  'somebody inside under a member’s name': async ({ world, ann }) => {
    world.room.lies.occupant = (by) => (by === CAT ? MALLORY : by);
    await comeBack(ann);
  },
  'an outcast let in again': async ({ world, ann }) => {
    world.room.setAffiliation(MALLORY, 'outcast');
    await world.rest();
    world.room.lies.list = slipIn([MALLORY]);
    await comeBack(ann);
  },
  'a room that turned public': ({ world }) => world.room.configure({ membersOnly: false }),
  'a room that turned public while one was away, and says nothing': async ({ world, ann }) => {
    world.room.configure({ membersOnly: false }, false);
    await comeBack(ann);
  },
  'a room that hides who its members are': ({ world }) => world.room.configure({ nonAnonymous: false }),
  'lists that are withheld': async ({ world, ann }) => {
    world.room.withholdsLists = true;
    await comeBack(ann);
  },
  'lists without somebody who is away': async ({ world, ann, cat }) => {
    cat.offline();
    world.room.lies.list = (_, people) => people.filter((one) => one !== CAT);
    await comeBack(ann);
  },
};

describe('an engine that lies about a room', () => {
  for (const [lie, play] of Object.entries(LIES)) {
    it(`${lie}: mallory reads nothing, and ann sees it`, async () => {
      const evil = await evilRoom();
      const { world, ann, mallory } = evil;
      const lines = linesOf(await ann.thread()).length;
      await play(evil);
      await world.rest();
      const told = linesOf(await ann.thread()).slice(lines);
      await ann.say(SECRET);
      for (const message of sealedBy(ann)) {
        const seen = await mallory.open(message, { sender: ann.self, recipient: ROOM, isRoom: true });
        assert.notEqual(seen.outcome, 'opened');
        assert.doesNotMatch(JSON.stringify(message), /mallory/);
      }
      assert.deepEqual(clearWords(world, [ann], [SECRET, 'before']), []);
      const isHeld = ann.failures().some((failure) => failure?.kind === 'members-changed' || failure?.kind === 'room-unfit');
      const isTold = told.some((line) => /^(member-came mallory|member-left|room-unfit)/.test(line));
      assert.ok(isTold, `nothing is told: ${told.join()}`);
      assert.ok(isHeld || lie.startsWith('lists without'), JSON.stringify(ann.failures()));
      assert.deepEqual(ann.errors, []);
    });
  }

  it('a member more who was there from the beginning is on the list that a person is shown', async () => {
    const world = new RoomWorld('ann', 'ben');
    world.room.lies.list = slipIn([MALLORY]);
    const [ann] = (await enterAll(world, 'ann/1', 'ben/1')) as [RoomDevice];
    await turnOn(world, ann);
    const members = ann.rooms.membersOf(ROOM);
    assert.ok(members.ok && members.value.some(({ address }) => address === MALLORY));
    await ann.say(SECRET);
    assert.deepEqual(ann.failures(), [{ kind: 'keys-missing', person: MALLORY, people: [MALLORY] }]);
  });
});

describe('a member slipped in between the look and the switch', () => {
  it('waits for a word', async () => {
    const world = new RoomWorld('ann', 'ben');
    const [ann] = (await enterAll(world, 'ann/1', 'ben/1')) as [RoomDevice];
    ann.sync.readership.show(ROOM, [BEN]);
    world.room.setAffiliation(MALLORY, 'member');
    await world.rest();
    await turnOn(world, ann);
    await ann.say(SECRET);
    assert.deepEqual(ann.failures(), [{ kind: 'members-changed', came: [MALLORY] }]);
  });
});

/** What the engine does to what ben said; what ann then sees of it. */
const SWAPS: Readonly<Record<string, (evil: Evil) => Promise<void> | void>> = {
  'the archive says that another wrote it': ({ world }) => void (world.room.lies.author = (by) => (by === BEN ? CAT : by)),
  'the archive says that a stranger wrote it': ({ world }) => void (world.room.lies.author = () => MALLORY),
  'the archive does not say who wrote it': ({ world }) => void (world.room.lies.author = () => undefined),
};

describe('an engine that swaps who is who', () => {
  for (const [swap, play] of Object.entries(SWAPS)) {
    it(`${swap}: it is shown as unreadable, with a reason`, async () => {
      const evil = await evilRoom();
      const { ann, ben } = evil;
      ann.offline();
      await ben.say('true words');
      await play(evil);
      await ann.online();
      const last = (await ann.thread()).findLast(({ content }) => content !== 'keys-changed');
      assert.deepEqual([last?.content, last?.text], ['unreadable', '']);
      assert.ok(last?.unreadable, 'it says why');
    });
  }

  it('live, another address behind a name: what this name says is not shown as that person’s', async () => {
    const { world, ann, ben } = await evilRoom();
    world.room.lies.occupant = (by) => (by === BEN ? CAT : by);
    await comeBack(ann);
    await ben.say('true words');
    assert.deepEqual(wordsOf(await ann.thread()).slice(-1), ['no-session']);
  });

  it('words sealed with keys of its own under a member’s address are seen as from a new device, and held where keys were compared', async () => {
    for (const isStrict of [false, true]) {
      const { world, ann } = await evilRoom();
      const keys = await ann.encryption.trust.read(BEN);
      if (isStrict) await ann.encryption.trust.confirmNumber(BEN, (keys.ok && keys.value.safetyNumber) || '');
      const said = await forgedBy(world, BEN);
      world.room.hear(`${BEN}/1`, { ...said, attributes: { ...said.attributes, to: ROOM } }, () => undefined);
      await world.rest();
      const last = (await ann.thread()).findLast(({ text }) => text === 'pay mallory');
      assert.deepEqual(last?.protection, { how: 'omemo-2', trust: isStrict ? 'undecided' : 'first-use' });
      assert.deepEqual(linesOf(await ann.thread()).slice(-1), [isStrict ? 'undecided-device ben' : 'new-device ben']);
      assert.equal(ann.record().badge, 'encrypted');
    }
  });

  it('words of a room put into another conversation, or under another name, are not shown', async () => {
    const { ann, ben, world } = await evilRoom();
    await ben.say('in the room');
    const [said] = sealedBy(ben);
    assert.ok(said);
    const moved: Element = { ...said, attributes: { ...said.attributes, from: `${BEN}/1`, to: ann.self, type: 'chat', id: 'moved' } };
    ann.sync.handle(moved);
    await world.rest();
    const direct = ann.book.get(BEN);
    assert.equal(direct?.preview?.text ?? '', '');
    world.room.hear(`${CAT}/1`, { ...said, attributes: { ...said.attributes, id: 'under-cat', from: `${CAT}/1` } }, () => undefined);
    await world.rest();
    assert.deepEqual(wordsOf(await ann.thread()), ['before', 'in the room', 'no-session']);
  });

  it('words put in in clear are marked, and the badge says so', async () => {
    const { world, ann } = await evilRoom();
    const words = element('message', NS_CLIENT, { type: 'groupchat', id: 'clear-1', to: ROOM }, [
      element('body', NS_CLIENT, {}, ['in clear']),
    ]);
    world.room.hear(`${BEN}/1`, words, () => undefined);
    await world.rest();
    const last = (await ann.thread()).at(-1);
    assert.deepEqual([last?.text, last?.protection, ann.record().badge], ['in clear', { how: 'plain' }, 'mixed']);
  });

  it('sealed words in an open room do not silence it', async () => {
    const world = new RoomWorld('ann', 'ben');
    world.room.membersOnly = false;
    const [ann] = (await enterAll(world, 'ann/1', 'ben/1')) as [RoomDevice];
    const said = await forgedBy(world, BEN);
    world.room.hear(`${BEN}/1`, { ...said, attributes: { ...said.attributes, to: ROOM } }, () => undefined);
    await world.rest();
    assert.equal(ann.record().encryption, undefined);
    await ann.say('as ever');
    assert.deepEqual([ann.failures(), wordsOf(await ann.thread()).at(-1)], [[], 'as ever']);
  });
});

/** By somebody who has no keys of theirs, but any others. */
async function forgedBy(world: RoomWorld, whom: Address): Promise<Element> {
  const shadow = new KeyServer();
  shadow.lie = ({ owner, node, items }) => (items.length > 0 ? items : world.keys.items(owner, node));
  const forger = await encryptionDevice(shadow, world.clock, whom);
  await forger.online();
  return forger.write('pay mallory', ROOM, [person('ann')]);
}

function sealedBy({ said }: RoomDevice): Element[] {
  return said.flatMap((text) => {
    const frame = parseFrame(text);
    return frame.ok && child(frame.element, 'encrypted', NS_OMEMO) ? [frame.element] : [];
  });
}
