// One story of all that goes encrypted: three people and four devices, in person and in a room of members only, words, files with their names and
// small pictures, receipts, marks and typing; both ways, to who is away, to an own second device. Whoever keeps every byte on the line, and
// whoever looks through all the engine wrote, meets none of it. What goes in clear afterwards is met everywhere, so it was looked for everywhere.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import 'fake-indexeddb/auto';
import type { ThreadPage } from '../../src/contracts/session.ts';
import type { Conversation, ConversationId } from '../../src/model/conversation.ts';
import type { MessageId } from '../../src/model/message.ts';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import { digestOf, obey } from '../kit/encryption/speaker.ts';
import { meetCanaries, mintCanary, type Canary } from '../kit/engines/canaries.ts';
import { devicesOf, say, startCore, type CoreDevice } from '../kit/engines/core-device.ts';
import { contentBelow, rowsBelow, until } from '../kit/engines/looking.ts';
import { startEngine, type TestEngine } from '../kit/engines/start-engine.ts';
import { nextCall } from '../kit/node-world.ts';
import { valueOf } from '../kit/peer.ts';

/** What programs tell each other of messages: sealed as well. */
const ASIDES = {
  'asks for a receipt': /<request[^>]*urn:xmpp:receipts/,
  'a receipt': /<received[^>]*urn:xmpp:receipts/,
  'asks for a mark': /<markable/,
  'a mark': /<displayed[^>]*chat-markers/,
  typing: /<composing/,
};

interface Scene {
  engine: TestEngine;
  annOne: CoreDevice;
  annTwo: CoreDevice;
  benOne: CoreDevice;
  cat: CoreDevice;
  ann: ConversationId;
  ben: ConversationId;
  room: ConversationId;
  canaries: Canary[];
  restart(device: CoreDevice, name: string, profile: string): Promise<CoreDevice>;
}

for (const kind of ENGINE_KINDS) {
  describe(`encrypted conversations over ${kind}`, () => {
    test('reach every device, and nobody else meets anything of them', { timeout: 120_000 }, () => converse(kind));
  });
}

async function converse(kind: EngineKind): Promise<void> {
  const errors: string[] = [];
  const scene = await setScene(kind, errors);
  const { engine } = scene;
  await talkInPerson(scene);
  await sendPicture(scene, scene.annOne, scene.ben, [[scene.benOne, scene.ann]]);
  await talkToWhoIsAway(scene);
  await talkInRoom(scene);
  const { ear = assert.fail('nobody listens') } = engine;
  const sealed = ear.overheard();
  const { canaries } = scene;
  scene.canaries = [];
  await talkInClear(scene);
  const controls = scene.canaries;

  for (const { core } of [scene.annOne, scene.annTwo, scene.benOne, scene.cat]) await core.close();
  await engine.halt();
  const places = { ...ear.overheard(), files: await contentBelow(engine.dir), rows: await rowsBelow(engine.dir) };
  assert.deepEqual(meetCanaries(canaries, places), []);
  const met = meetCanaries(controls, places).join('\n');
  const kept = ['words going', 'words coming', 'files going', 'files coming', 'files', 'rows'];
  for (const place of kept) assert.ok(met.includes(` in ${place},`), `something in clear was met in ${place}`);
  for (const { name } of controls) assert.ok(met.includes(`${name} in `), `${name} was met in clear`);
  assert.deepEqual([asidesIn(sealed['words going']), asidesIn(places['words going'])], [[], Object.keys(ASIDES)]);
  assert.deepEqual(errors, []);
  await engine.stop();
}

async function setScene(kind: EngineKind, errors: string[]): Promise<Scene> {
  const names = ['ann', 'ben', 'cat'];
  const contactsOf = (name: string) => names.filter((one) => one !== name).map((one) => ({ name: one, displayName: one, groups: [] }));
  const users = names.map((name) => ({ name, password: name, contacts: contactsOf(name) }));
  const member = (name: string, affiliation: 'owner' | 'member') => ({ name, nick: name, affiliation });
  const members = [member('ann', 'owner'), member('ben', 'member'), member('cat', 'member')];
  const rooms = [{ name: 'team', title: 'Team', membersOnly: true, nonAnonymous: true, members }];
  const engine = await startEngine({ engine: kind, users, rooms, isOverheard: true });
  const start = (name: string, profile: string, databases?: IDBFactory): Promise<CoreDevice> =>
    startCore(engine, name, { profile, errors, ...(databases && { databases }) });
  const [ann, ben] = [`ann@${engine.domain}` as ConversationId, `ben@${engine.domain}` as ConversationId];
  const room = `team@${engine.conferenceDomain}` as ConversationId;
  const [annOne, annTwo, benOne, cat] = await Promise.all([
    start('ann', 'one'),
    start('ann', 'two'),
    start('ben', 'three'),
    start('cat', 'four'),
  ]);
  await Promise.all([devicesOf(annOne, ben, 1), devicesOf(benOne, ann, 2), devicesOf(annOne, ann, 2), devicesOf(annTwo, ann, 2)]);
  const restart = async (device: CoreDevice, name: string, profile: string): Promise<CoreDevice> => start(name, profile, device.databases);
  return { engine, annOne, annTwo, benOne, cat, ann, ben, room, canaries: [], restart };
}

async function talkInPerson(scene: Scene): Promise<void> {
  const { annOne, annTwo, benOne, ann, ben } = scene;
  await say(annOne, ben, 'a1', release(scene, 'from Ann').text);
  await seen(benOne, ann, 1);
  await say(benOne, ann, 'b1', release(scene, 'from Ben').text);
  await seen(annOne, ben, 2);
  await seen(annTwo, ben, 2);
  await say(annTwo, ben, 'a2', release(scene, 'from Ann’s other device').text);
  await seen(benOne, ann, 3);
  await tellAsides(scene);
  await until('the reading is told to the other device', async () => (await thread(annTwo, ben)).marks.displayedUpTo > 0);
}

/** That it came, that it was read, and that something is being written. */
async function tellAsides({ annOne, benOne, ann, ben }: Scene): Promise<void> {
  const { messages } = await thread(annOne, ben);
  const newest = messages.at(-1)?.order ?? 0;
  await until('it is told that it came', async () => (await thread(annOne, ben)).marks.deliveredUpTo >= newest);
  valueOf(await benOne.session.markRead(nextCall(), ann, (await thread(benOne, ann)).messages.at(-1)?.order ?? 0));
  await until('it is told that it was read', async () => (await thread(annOne, ben)).marks.displayedUpTo >= newest);
  valueOf(await benOne.session.tellWriting(nextCall(), ann, true));
  await until('it is told that Ben writes', async () => (await conversation(annOne, ben)).writing.join() === 'ben');
}

async function talkToWhoIsAway(scene: Scene): Promise<void> {
  const { annOne, annTwo, ann, ben } = scene;
  await scene.benOne.core.close();
  await say(annOne, ben, 'a3', release(scene, 'to who is away').text);
  await say(annOne, ben, 'a4', release(scene, 'once more').text);
  scene.benOne = await scene.restart(scene.benOne, 'ben', 'three');
  const said = scene.canaries.filter(({ name }) => !name.startsWith('file')).map(({ text }) => text);
  for (const [device, other] of [
    [annOne, ben],
    [annTwo, ben],
    [scene.benOne, ann],
  ] as const) {
    const { messages } = await seen(device, other, 6);
    assert.deepEqual(messages.map(({ text }) => text), said); // oxfmt-ignore
    assert.deepEqual(new Set(messages.map(({ protection }) => protection?.how)), new Set(['omemo-2']));
    assert.deepEqual(shownOf(await conversation(device, other)), { encrypted: true, readability: 'encrypted' });
  }
}

async function talkInRoom(scene: Scene): Promise<void> {
  const { annOne, benOne, cat, room } = scene;
  for (const { session } of [annOne, benOne, cat]) valueOf(await session.joinRoom(nextCall(), room));
  await obey(annOne.session, { do: 'encrypt', room, people: 2 });
  await say(annOne, room, 'r1', release(scene, 'room from Ann').text);
  for (const device of [benOne, cat]) await seen(device, room, 1);
  await say(cat, room, 'r2', release(scene, 'room from Cat').text);
  for (const device of [annOne, benOne]) await seen(device, room, 2);
  valueOf(await benOne.session.tellWriting(nextCall(), room, true));
  await until('it is told that Ben writes', async () => (await conversation(cat, room)).writing.join() === 'ben');
  await sendPicture(scene, benOne, room, [
    [annOne, room],
    [cat, room],
  ]);
  for (const device of [annOne, benOne, cat])
    assert.deepEqual(shownOf(await conversation(device, room)), { encrypted: true, readability: 'encrypted' });
}

async function talkInClear(scene: Scene): Promise<void> {
  const { annOne, benOne, ann, ben } = scene;
  valueOf(await annOne.session.changeEncryption(nextCall(), ben, 'off'));
  await say(annOne, ben, 'c1', release(scene, 'in clear').text);
  const { messages } = await seen(benOne, ann, 7);
  assert.deepEqual(messages.at(-1)?.protection, { how: 'plain' });
  assert.deepEqual(shownOf(await conversation(benOne, ann)), { encrypted: true, readability: 'mixed' });
  valueOf(await benOne.session.changeEncryption(nextCall(), ann, 'off'));
  await say(annOne, ben, 'c2', release(scene, 'in clear both ways').text);
  await seen(benOne, ann, 8);
  await tellAsides(scene);
  await sendPicture(scene, annOne, ben, [[benOne, ann]]);
}

/** A canary in all that a picture consists of: caption, name, kind, what is seen before it is fetched, and its bytes. */
async function sendPicture(
  scene: Scene,
  from: CoreDevice,
  to: ConversationId,
  others: readonly (readonly [CoreDevice, ConversationId])[],
): Promise<void> {
  const [caption, name, preview, body] = ['caption', 'file name', 'file preview', 'file body'].map((part) => release(scene, part)) as [Canary, Canary, Canary, Canary]; // oxfmt-ignore
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(body.text), randomBytes(100_000), Buffer.from(body.text)]);
  const small = new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(preview.text)]));
  const draft = {
    id: mintCanary('p').plain as MessageId,
    text: caption.text,
    file: new Blob([bytes]),
    name: `${name.plain}.jpg`,
    type: 'image/jpeg',
  };
  valueOf(await from.session.sendFile(nextCall(), to, { ...draft, width: 4, height: 3, preview: { type: 'image/jpeg', bytes: small } }));
  for (const [{ session }, of] of others) {
    const fetched = await obey(session, { do: 'fetch', of, text: caption.text });
    assert.deepEqual(fetched, { name: draft.name, digest: await digestOf(new Uint8Array(bytes)) });
    const { messages } = valueOf(await session.readThread(nextCall(), { conversation: of, around: 'newest', before: 50, after: 0 }));
    assert.deepEqual(messages.at(-1)?.file?.preview?.bytes, small);
  }
}

/** One that nobody has met before. */
function release({ canaries }: Scene, name: string): Canary {
  const canary = mintCanary(name);
  canaries.push(canary);
  return canary;
}

function asidesIn(line: Buffer): string[] {
  const text = line.toString('latin1');
  return Object.entries(ASIDES).flatMap(([what, look]) => (look.test(text) ? [what] : []));
}

async function thread({ session }: CoreDevice, of: ConversationId): Promise<ThreadPage> {
  const page = await session.readThread(nextCall(), { conversation: of, around: 'newest', before: 50, after: 0 });
  if (!page.ok)
    return { messages: [], outbox: [], gaps: [], marks: { deliveredUpTo: 0, displayedUpTo: 0, readUpTo: 0 }, atStart: true, atEnd: true };
  return { ...page.value, messages: page.value.messages.filter(({ content }) => content !== 'keys-changed') };
}

async function seen(device: CoreDevice, of: ConversationId, count: number): Promise<ThreadPage> {
  await until(`${count} messages with ${of}`, async () => (await thread(device, of)).messages.length >= count);
  return thread(device, of);
}

const conversation = async ({ session }: CoreDevice, id: ConversationId): Promise<Conversation> =>
  valueOf(await session.readConversation(nextCall(), id));

const shownOf = ({ encrypted, readability }: Conversation): Pick<Conversation, 'encrypted' | 'readability'> => ({ encrypted, readability });
