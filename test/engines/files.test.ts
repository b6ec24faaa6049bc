// Files over the engines' own upload services: encrypted and in clear, both ways, cut on the way, changed on the engine's disk. Of what was
// encrypted the engine's files hold no word, neither content nor name.
import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { FilePlace, Transfer } from '../../src/contracts/files.ts';
import type { Session } from '../../src/contracts/session.ts';
import { browserHttp } from '../../src/core/browser-http.ts';
import type { Http } from '../../src/core/file-ports.ts';
import { createCore, type Core } from '../../src/core/session/core.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { Message, MessageId } from '../../src/model/message.ts';
import { LARGEST_UPLOAD } from '../../src/engine/plan.ts';
import { newerEjabberd } from '../kit/engines/newer-ejabberd.ts';
import { startEngine, type EngineWish, type TestEngine } from '../kit/engines/start-engine.ts';
import { contentOf, filesBelow } from '../kit/engines/looking.ts';
import { nextCall, nodeWorld } from '../kit/node-world.ts';
import { valueOf } from '../kit/peer.ts';

const PATIENCE_MS = 30_000;
const PIECE = 512 * 1024;
const SIZE = 3 * PIECE + 777;
/** In what is encrypted, and in what is not. */
const CANARY = 'kestrel-7f3a';
const CONTROL = 'sparrow-c0de';

interface Person {
  core: Core;
  session: Session;
  other: ConversationId;
  line: CuttableLine;
}

interface CuttableLine extends Http {
  /** Bytes after which the next body breaks off. */
  cutAfter: number | undefined;
  /** Where each body began. */
  began: number[];
}

const ENGINES: readonly (readonly [string, Pick<EngineWish, 'engine' | 'version'>])[] = [
  ['prosody', { engine: 'prosody' }],
  ['ejabberd', { engine: 'ejabberd' }],
  ...((await newerEjabberd()).ok ? [['ejabberd 24.12', { engine: 'ejabberd', version: '24.12' }] as const] : []),
];

for (const [title, wish] of ENGINES) {
  describe(`files over ${title}`, () => {
    test('come whole and true, or not at all, and the engine reads none of it', { timeout: 150_000 }, () => exchange(wish));
  });
}

async function exchange(wish: Pick<EngineWish, 'engine' | 'version'>): Promise<void> {
  const contactsOf = (name: string) => [{ name, displayName: name, groups: [] }];
  const users = [
    { name: 'ann', password: 'ann', contacts: contactsOf('ben') },
    { name: 'ben', password: 'ben', contacts: contactsOf('ann') },
  ];
  const engine = await startEngine({ ...wish, users });
  const errors: string[] = [];
  const [ann, ben] = await Promise.all([signIn(engine, 'ann', 'ben', errors), signIn(engine, 'ben', 'ann', errors)]);
  try {
    await Promise.all([untilEncryptable(ann), untilEncryptable(ben)]);
    assert.deepEqual(valueOf(await ann.session.readUploadLimit(nextCall(), ann.other)), { largest: LARGEST_UPLOAD - 16 });
    await sendsWhole(ann, ben);
    await sendsWhole(ben, ann);
    await isCutAndGoesOn(ann, ben, wish.engine === 'prosody');
    await isChangedOnDisk(engine, ann, ben);
    await sendsInClear(ann, ben);
    const stored = await contentOf(engine.dir);
    assert.deepEqual([stored.includes(CONTROL), stored.includes(CANARY)], [true, false], 'what the engine stored');
    assert.deepEqual(errors, []);
  } finally {
    for (const { core } of [ann, ben]) await core.close();
    await engine.stop();
  }
}

async function sendsWhole(from: Person, to: Person): Promise<void> {
  const body = noise(SIZE, CANARY);
  const { id, message, place } = await share(from, to, body, CANARY);
  assert.equal(message.protection?.how, 'omemo-2');
  const { preview: _, ...file } = message.file ?? assert.fail('no file');
  assert.deepEqual(file, { name: `${CANARY}.jpg`, type: 'image/jpeg', size: SIZE, width: 40, height: 30, available: true });
  assert.deepEqual(message.file?.preview?.bytes, PREVIEW);
  assert.equal((await to.session.readFile(nextCall(), place)).ok, false, 'nobody fetches by himself');
  await fetched(to, place, 'here');
  assert.ok((await read(to, place)).equals(body), 'what came is what was sent');
  assert.ok((await read(from, { conversation: from.other, message: id })).equals(body), 'and it is still here');
}

async function isCutAndGoesOn(from: Person, to: Person, knowsParts: boolean): Promise<void> {
  const body = noise(SIZE, CANARY);
  const { place } = await share(from, to, body, CANARY);
  to.line.began = [];
  to.line.cutAfter = 2 * PIECE + 100_000;
  await fetched(to, place, 'here');
  assert.ok((await read(to, place)).equals(body));
  assert.deepEqual(to.line.began, [0, knowsParts ? 2 * PIECE : 0]);
}

async function isChangedOnDisk(engine: TestEngine, from: Person, to: Person): Promise<void> {
  const { place } = await share(from, to, noise(SIZE + 4321, CANARY), CANARY);
  const [file = assert.fail('the engine keeps it somewhere')] = await filesOf(engine.dir, SIZE + 4321 + 16);
  const bytes = await readFile(file);
  await writeFile(file, bytes.with(SIZE, (bytes[SIZE] ?? 0) ^ 1));
  const transfer = await fetched(to, place, 'failed');
  assert.deepEqual(transfer.failure, { kind: 'file-changed' });
  assert.deepEqual(await to.session.readFile(nextCall(), place), { ok: false, failure: { kind: 'not-fetched' } });
}

async function sendsInClear(from: Person, to: Person): Promise<void> {
  valueOf(await from.session.changeEncryption(nextCall(), from.other, 'off'));
  const body = noise(5_000, CONTROL);
  const { message, place } = await share(from, to, body, CONTROL);
  assert.deepEqual(message.protection, { how: 'plain' });
  await fetched(to, place, 'here');
  assert.ok((await read(to, place)).equals(body));
}

const PREVIEW = new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3]);

let files = 0;

/** Sent by one, and seen by the other under its words. */
async function share(
  from: Person,
  to: Person,
  body: Buffer<ArrayBuffer>,
  word: string,
): Promise<{ id: MessageId; message: Message; place: FilePlace }> {
  const id = `file-${++files}` as MessageId;
  const picture = { width: 40, height: 30, preview: { type: 'image/jpeg' as const, bytes: PREVIEW } };
  const text = `${word} ${files}`;
  const draft = { id, text, file: new Blob([body]), name: `../${word}.jpg`, type: 'image/jpeg', ...picture };
  valueOf(await from.session.sendFile(nextCall(), from.other, draft));
  const message = await seen(to, text);
  return {
    id,
    message,
    place: { conversation: to.other, message: message.id, ...(message.order !== undefined && { order: message.order }) },
  };
}

async function seen({ session, other }: Person, text: string): Promise<Message> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(50)) {
    const page = await session.readThread(nextCall(), { conversation: other, around: 'newest', before: 20, after: 0 });
    const message = page.ok && page.value.messages.find((one) => one.text === text);
    if (message) return message;
  }
  return assert.fail(`${text} was never seen`);
}

async function fetched({ session, other }: Person, place: FilePlace, stage: Transfer['stage']): Promise<Transfer> {
  valueOf(await session.fetchFile(nextCall(), place));
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(20)) {
    const transfers = valueOf(await session.readTransfers(nextCall(), other));
    const transfer = transfers.find(({ message }) => message === place.message);
    if (transfer && transfer.stage !== 'running' && transfer.stage !== 'waiting') {
      assert.equal(transfer.stage, stage, JSON.stringify(transfer));
      return transfer;
    }
  }
  return assert.fail('it never came');
}

async function read({ session }: Person, place: FilePlace): Promise<Buffer> {
  const body = valueOf(await session.readFile(nextCall(), place));
  assert.equal(body.type, 'application/octet-stream');
  return Buffer.from(await body.arrayBuffer());
}

async function signIn(engine: TestEngine, name: string, otherName: string, errors: string[]): Promise<Person> {
  const line = cuttableLine();
  const core = createCore(nodeWorld({ databases: new IDBFactory(), errors, http: line }), { organisation: 'files', profile: name });
  const session = core.sessionFor('tab');
  valueOf(await session.signIn(nextCall(), { services: [engine.ws], address: `${name}@${engine.domain}`, password: name }));
  return { core, session, other: `${otherName}@${engine.domain}` as ConversationId, line };
}

async function untilEncryptable({ session, other }: Person): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(50)) {
    const keys = await session.readKeys(nextCall(), other);
    if (keys.ok && keys.value.devices.length > 0) return;
  }
  assert.fail(`no devices of ${other} were found`);
}

function cuttableLine(): CuttableLine {
  const line: CuttableLine = {
    cutAfter: undefined,
    began: [],
    put: (request) => browserHttp.put(request),
    async get(url, from, signal) {
      const answer = await browserHttp.get(url, from, signal);
      if (!answer) return undefined;
      line.began.push(answer.from);
      const most = line.cutAfter;
      line.cutAfter = undefined;
      return most === undefined ? answer : { ...answer, body: cutOff(answer.body, most) };
    },
  };
  return line;
}

async function* cutOff(body: AsyncIterable<Uint8Array<ArrayBuffer>>, most: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let given = 0;
  for await (const bytes of body) {
    if (given + bytes.length > most) throw new TypeError('the line broke');
    given += bytes.length;
    yield bytes;
  }
}

function noise(size: number, word: string): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  bytes.write(word, 0);
  bytes.write(word, size - word.length);
  return bytes;
}

async function filesOf(directory: string, size: number): Promise<string[]> {
  const all = await filesBelow(directory);
  const sizes = await Promise.all(all.map((file) => stat(file).then((one) => one.size)));
  return all.filter((_, at) => sizes[at] === size);
}
