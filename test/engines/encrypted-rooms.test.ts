// Three people and a late one write to each other encrypted in a room of members only: both ways, to who is away, to an own second device,
// from its archive. Neither the engine's files nor what went over the line hold a word of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import 'fake-indexeddb/auto';
import type { RoomReaders } from '../../src/contracts/readers.ts';
import type { Address } from '../../src/model/account.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { Message, MessageId } from '../../src/model/message.ts';
import { newerEjabberd } from '../kit/engines/newer-ejabberd.ts';
import { startEngine, type EngineWish, type TestEngine } from '../kit/engines/start-engine.ts';
import { nextCall } from '../kit/node-world.ts';
import { say, startCore, type CoreDevice, type CoreWish } from '../kit/engines/core-device.ts';
import { contentOf, until } from '../kit/engines/looking.ts';
import { valueOf } from '../kit/peer.ts';

/** Found nowhere but on screens. */
const CANARY = 'merlin-91be';
/** Sent in clear on purpose: were it not found, nothing would have been looked through. */
const CONTROL = 'wren-c0de';

/** Whoever is asked for devices before there are any is asked again only after a while. */
const PUBLISHED = /<publish node=["']urn:xmpp:omemo:2:devices["']/;

const newer = await newerEjabberd();
const ENGINES: readonly { name: string; wish: Pick<EngineWish, 'engine' | 'version'>; skip?: string }[] = [
  { name: 'Prosody', wish: { engine: 'prosody' } },
  { name: 'ejabberd', wish: { engine: 'ejabberd' } },
  { name: 'ejabberd 24.12', wish: { engine: 'ejabberd', version: '24.12' }, ...(newer.ok ? {} : { skip: 'it cannot be had here' }) },
];

for (const { name, wish, skip } of ENGINES) {
  describe(`an encrypted room over ${name}`, { skip: skip ?? false }, () => {
    test('reaches every device of its members and nobody else', { timeout: 120_000 }, () => converse(wish));
  });
}

async function converse(wish: Pick<EngineWish, 'engine' | 'version'>): Promise<void> {
  const users = ['ann', 'ben', 'cat', 'dan'].map((name) => ({ name, password: name }));
  const member = (name: string, affiliation: 'owner' | 'member') => ({ name, nick: name, affiliation });
  const members = [member('ann', 'owner'), member('ben', 'member'), member('cat', 'member')];
  const rooms = [
    { name: 'team', title: 'Team', membersOnly: true, nonAnonymous: true, members },
    { name: 'open', title: 'Open', membersOnly: false, nonAnonymous: true, members: [member('ann', 'owner')] },
  ];
  const engine = await startEngine({ ...wish, users, rooms });
  const [frames, errors]: [string[], string[]] = [[], []];
  const start = (name: string, profile: string, databases?: IDBFactory): Promise<CoreDevice> =>
    startDevice(engine, { name, profile, frames, errors, ...(databases && { databases, isKnown: true }) });
  const room = `team@${engine.conferenceDomain}` as ConversationId;
  const address = (name: string): Address => `${name}@${engine.domain}` as Address;
  const said = (...who: string[]): string[] => who.map((name) => `${CANARY} from ${name}`);

  const ann = await start('ann', 'one');
  let annTwo = await start('ann', 'two');
  const ben = await start('ben', 'three');
  let cat = await start('cat', 'four');
  for (const { session } of [ann, annTwo, ben, cat]) valueOf(await session.joinRoom(nextCall(), room));
  const open = `open@${engine.conferenceDomain}` as ConversationId;
  valueOf(await ann.session.joinRoom(nextCall(), open));
  assert.deepEqual(await ann.session.changeEncryption(nextCall(), open, 'on'), { ok: false, failure: { kind: 'room-unfit', why: 'open' } });

  await say(ann, room, 'a0', `${CONTROL} in clear`);
  await until('everybody has a device', async () => (await readers(ann, room)).people.every(({ devices }) => devices === 1));
  await until('the own other device', async () => valueOf(await ann.session.readKeys(nextCall(), address('ann'))).devices.length === 2);
  await until('and the other way', async () => valueOf(await annTwo.session.readKeys(nextCall(), address('ann'))).devices.length === 2);
  valueOf(await ann.session.changeEncryption(nextCall(), room, 'on'));
  await say(ann, room, 'a1', said('ann')[0]!);
  for (const device of [annTwo, ben, cat]) await sees(device, room, said('ann'));

  await cat.core.close();
  await annTwo.core.close();
  await say(ben, room, 'b1', said('ben')[0]!);
  await sees(ann, room, said('ann', 'ben'));
  cat = await start('cat', 'four', cat.databases);
  await sees(cat, room, said('ann', 'ben'));
  await say(cat, room, 'c1', said('cat')[0]!);
  annTwo = await start('ann', 'two', annTwo.databases);
  for (const device of [ann, annTwo, ben, cat]) await sees(device, room, said('ann', 'ben', 'cat'));

  const dan = await start('dan', 'five');
  valueOf(await ann.session.inviteToRoom(nextCall(), room, address('dan')));
  for (const device of [ann, annTwo, ben, cat]) await tells(device, room, 'member-came', address('dan'));
  await until('dan has a device', async () =>
    (await readers(ben, room)).people.some(({ person, devices }) => person === address('dan') && devices === 1),
  );
  valueOf(await ben.session.sendMessage(nextCall(), room, { id: 'b2' as MessageId, text: `${CANARY} from ben again` }));
  await until('it waits for a word', async () => (await failures(ben)).join() === 'members-changed');
  const { people } = await readers(ben, room);
  assert.deepEqual(people.filter(({ isNew }) => isNew).map(({ person }) => person), [address('dan')]); // oxfmt-ignore
  valueOf(await ben.session.confirmReaders(nextCall(), room, { people: people.map(({ person }) => person), without: [] }));
  for (const device of [ann, annTwo, ben, cat]) await sees(device, room, said('ann', 'ben', 'cat', 'ben again'));
  valueOf(await dan.session.joinRoom(nextCall(), room));
  await sees(dan, room, ['not-for-this-device', 'not-for-this-device', 'not-for-this-device', ...said('ben again')]);
  await say(dan, room, 'd1', said('dan')[0]!);
  for (const device of [ben, annTwo]) await sees(device, room, said('ann', 'ben', 'cat', 'ben again', 'dan'));
  for (const device of [ann, annTwo, ben, cat, dan]) {
    const { encrypted, readability } = valueOf(await device.session.readConversation(nextCall(), room));
    assert.deepEqual([encrypted, readability], [true, 'encrypted']);
  }

  for (const { core } of [ann, annTwo, ben, cat, dan]) await core.close();
  await engine.halt();
  const files = await contentOf(engine.dir);
  assert.deepEqual([CONTROL, CANARY].map((word) => files.includes(word)), [true, false], 'what the engine stored'); // oxfmt-ignore
  const line = frames.join('\n');
  assert.deepEqual([CONTROL, CANARY].map((word) => line.includes(word)), [true, false], 'what went over the line'); // oxfmt-ignore
  assert.deepEqual(errors, []);
  await engine.stop();
}

interface DeviceWish extends CoreWish {
  name: string;
  /** It was there before. */
  isKnown?: boolean;
}

async function startDevice(engine: TestEngine, { name, isKnown = false, ...wish }: DeviceWish): Promise<CoreDevice> {
  let isPublished = isKnown;
  const device = await startCore(engine, name, { ...wish, said: (frame) => void (isPublished ||= PUBLISHED.test(frame)) });
  await until('its device is published', async () => isPublished);
  return device;
}

async function failures({ session }: CoreDevice): Promise<(string | undefined)[]> {
  const waiting = valueOf(await session.readOutbox(nextCall()));
  return waiting.map(({ message: { outbox } }) => (outbox?.stage === 'failed' ? outbox.failure.kind : undefined));
}

const readers = async ({ session }: CoreDevice, room: ConversationId): Promise<RoomReaders> => {
  const answer = await session.readReaders(nextCall(), room);
  return answer.ok ? answer.value : { room, people: [] };
};

async function thread({ session }: CoreDevice, room: ConversationId): Promise<readonly Message[]> {
  const page = await session.readThread(nextCall(), { conversation: room, around: 'newest', before: 50, after: 0 });
  return page.ok ? page.value.messages : [];
}

/** What was said since encryption was turned on, or why it cannot be read. */
async function sees(device: CoreDevice, room: ConversationId, words: readonly string[]): Promise<void> {
  let seen: string[] = [];
  await until(`${words.join()}, not ${seen.join()}`, async () => {
    const messages = (await thread(device, room)).filter(({ content, text }) => content !== 'keys-changed' && !text.startsWith(CONTROL));
    seen = messages.map(({ text, unreadable }) => unreadable ?? text);
    return seen.join() === words.join();
  }).catch((defect: unknown) => {
    assert.deepEqual(seen, words);
    throw defect;
  });
}

async function tells(device: CoreDevice, room: ConversationId, what: string, person: Address): Promise<void> {
  await until(`${what} ${person}`, async () =>
    (await thread(device, room)).some(({ keyChange }) => keyChange?.what === what && keyChange.person === person),
  );
}
