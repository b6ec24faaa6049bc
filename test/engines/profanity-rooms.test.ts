// A client that nobody here wrote, in a room of members only: it encrypts by the older method alone, and so does who chose that for its sake.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setDefaultCACertificates } from 'node:tls';
import 'fake-indexeddb/auto';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { Address } from '../../src/model/account.ts';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import { ensurePrograms } from '../../src/engine/programs.ts';
import { say, seen, startCore, type CoreDevice } from '../kit/engines/core-device.ts';
import { startProfanity, type Profanity } from '../kit/engines/profanity.ts';
import { startEngine } from '../kit/engines/start-engine.ts';
import { sendTheirs, theirsComes } from '../kit/engines/their-files.ts';
import { nextCall } from '../kit/node-world.ts';
import { contentOf, until } from '../kit/engines/looking.ts';
import { valueOf } from '../kit/peer.ts';

/** Found nowhere but on screens. */
const CANARY = 'dotterel-3f90';

const ensured = await ensurePrograms(['profanity']);

for (const kind of ENGINE_KINDS) {
  describe(`profanity in a room over ${kind}`, { skip: ensured.ok ? false : ensured.said }, () => {
    test('is written to and read by the older method, once a person has chosen it there', { timeout: 150_000 }, () => converse(kind));
  });
}

async function converse(kind: EngineKind): Promise<void> {
  const names = ['ann', 'ben', 'cat'];
  const contactsOf = (name: string) => names.flatMap((one) => (one === name ? [] : [{ name: one, displayName: one, groups: [] }]));
  const users = names.map((name) => ({ name, password: name, contacts: contactsOf(name) }));
  const member = (name: string, affiliation: 'owner' | 'member') => ({ name, nick: name, affiliation });
  const members = [member('ann', 'owner'), member('ben', 'member'), member('cat', 'member')];
  const rooms = [{ name: 'team', title: 'Team', membersOnly: true, nonAnonymous: true, members }];
  const engine = await startEngine({ engine: kind, users, rooms, withPlainSocket: true, withHttps: true });
  setDefaultCACertificates([engine.certificate]);
  const errors: string[] = [];
  const room = `team@${engine.conferenceDomain}` as ConversationId;
  const ben = `ben@${engine.domain}` as Address;
  const profanity = await startProfanity(engine, 'ben', 'ben');
  let ann = await startCore(engine, 'ann', { errors });
  const cat = await startCore(engine, 'cat', { errors });
  const both = [ann, cat];
  try {
    for (const { session } of both) valueOf(await session.joinRoom(nextCall(), room));
    for (const { session } of both) await until('the older method is on', async () => (await session.changeLegacy(nextCall(), 'on')).ok);
    await profanity.type(`/join ${room}`);
    await profanity.sees('joined the room');
    for (const device of both) await until('it helps here, and reaches everybody', () => helps(device, room, ben));
    for (const { session } of both) valueOf(await session.changeEncryption(nextCall(), room, 'legacy'));

    await say(ann, room, 'a1', `${CANARY} from ann`);
    await profanity.sees(`${CANARY} from ann`);
    await profanity.type('/omemo start');
    await profanity.type(`${CANARY} from ben`);
    for (const device of both) await seen(device, room, 2);
    await say(cat, room, 'c1', `${CANARY} from cat`);
    await profanity.sees(`${CANARY} from cat`);
    await seen(ann, room, 3);

    await ann.core.close();
    await profanity.type(`${CANARY} to who is away`);
    await seen(cat, room, 4);
    ann = await startCore(engine, 'ann', { errors, databases: ann.databases });
    const { messages } = await seen(ann, room, 4);
    const words = messages.map(({ text, unreadable }) => unreadable ?? text.replace(`${CANARY} `, ''));
    assert.deepEqual(words, ['from ann', 'from ben', 'from cat', 'to who is away']);
    assert.deepEqual(new Set(messages.map(({ protection }) => protection?.how)), new Set(['legacy']));
    const { encrypted, legacy, readability } = valueOf(await ann.session.readConversation(nextCall(), room));
    assert.deepEqual({ encrypted, legacy, readability }, { encrypted: true, legacy: true, readability: 'mixed' });
    await say(ann, room, 'a9', `${CANARY} after all`);
    await profanity.sees(`${CANARY} after all`);
    await readsWhatWasSaid(profanity, ann, cat, room);
    await sendsFile(profanity, [ann, cat], room);
  } finally {
    await profanity.quit();
    for (const { core } of [ann, cat]) await core.close();
  }
  await engine.restart();
  const files = await contentOf(engine.dir);
  assert.deepEqual([files.includes('axolotl'), files.includes(CANARY)], [true, false], 'what the engine stored');
  assert.deepEqual(errors, []);
  await engine.stop();
}

/** It asks no archive about a room: it reads what the room itself repeats to who comes in. */
async function readsWhatWasSaid(profanity: Profanity, ann: CoreDevice, cat: CoreDevice, room: ConversationId): Promise<void> {
  await profanity.leave();
  await say(ann, room, 'a10', `${CANARY} while ben is away`);
  await say(cat, room, 'c10', `${CANARY} and cat too`);
  await profanity.comeBack();
  await profanity.type(`/join ${room}`);
  await profanity.sees(`ann: ${CANARY} while ben is away`);
  await profanity.sees(`cat: ${CANARY} and cat too`);
  await profanity.type(`${CANARY} and ben is back`);
  for (const device of [ann, cat]) assert.equal((await seen(device, room, 8)).messages.at(-1)?.text, `${CANARY} and ben is back`);
}

async function sendsFile(profanity: Profanity, to: readonly CoreDevice[], room: ConversationId): Promise<void> {
  const digest = await sendTheirs(profanity, 'team.pdf', CANARY);
  for (const { session } of to) await theirsComes(session, room, 'team.pdf', digest);
  for (const device of to) {
    const { protection, authorName } = (await seen(device, room, 9)).messages.at(-1) ?? {};
    assert.deepEqual([protection?.how, authorName], ['legacy', 'ben']);
  }
}

/** Ben has nothing newer, and everybody has the older. */
async function helps({ session }: CoreDevice, room: ConversationId, ben: Address): Promise<boolean> {
  const readers = await session.readReaders(nextCall(), room);
  const older = readers.ok ? readers.value.older : undefined;
  return older?.only.join() === ben && older.lacking.length === 0;
}
