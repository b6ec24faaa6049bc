// A message with a file, and a core that dies with each of its writes in turn, just before it reached the disk and just after: the file comes
// whole, once, under one key; and words written later do not wait for it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTransfers, type Transfers } from '../../../../src/core/files/create-transfers.ts';
import type { FileShelf } from '../../../../src/core/file-ports.ts';
import type { OpenedStore } from '../../../../src/core/ports.ts';
import { openMemoryStore } from '../../../../src/core/storage/memory-store.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { FileHost } from '../../../kit/file-host.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { ModelEngine } from '../../../kit/model-engine.ts';
import { SealingWorld } from '../../../kit/sealing-world.ts';
import { settled } from '../../../kit/scripted-connection.ts';

const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;
const FILE = 'file-1' as MessageId;
const SIZE = 600_000;
const BODY = new Uint8Array(SIZE).map((_, at) => at * 31);
const PATIENCE_MS = 30_000;

interface Death {
  at: number;
  isBefore: boolean;
}

interface Core {
  device: MessageDevice;
  transfers: Transfers;
}

describe('a core that dies with a message that has a file', () => {
  for (const isSealed of [true, false])
    for (const isBefore of [true, false])
      it(`${isSealed ? 'sealed' : 'in clear'}, ${isBefore ? 'before' : 'right after'} a write reached the disk, sends it whole and once`, async () => {
        let at = 1;
        for (; await sendThrough({ at, isBefore }, isSealed); at++);
        assert.ok(at > 6, `${at} writes`);
      });
});

/** Answers whether it died at all. */
async function sendThrough(death: Death, isSealed: boolean): Promise<boolean> {
  const clock = fakeClock();
  const engine = new ModelEngine(() => clock.now());
  const world = new SealingWorld();
  const host = new FileHost();
  const disk = openMemoryStore();
  const ben = await messageDevice(engine, clock, `${BEN}/one`, undefined, isSealed ? world : undefined);
  ben.open();
  const mortal = new MortalDisk(disk, death);
  let core = await start(engine, clock, mortal.store, world, isSealed, host);
  let deaths = 0;
  const revive = async (): Promise<void> => {
    deaths += 1;
    core.transfers.stop();
    core.device.line.lose();
    core.device.sync.stop();
    core.device.journal.close();
    await settled();
    core = await start(engine, clock, disk, world, isSealed, host);
  };
  const end = performance.now() + PATIENCE_MS;
  for (let isSent = false; !isSent; clock.advance(200)) {
    const asked = core;
    let isAsked = false;
    void send(asked).then(() => (isAsked = true));
    while (!isAsked && !mortal.isDead && performance.now() < end) await step(core, ben);
    while (!isSent && !mortal.isDead && performance.now() < end) {
      await step(core, ben);
      clock.advance(50);
      isSent = (await received(ben)).length >= 2 && core.device.sync.outbox.count().waiting === 0;
    }
    assert.ok(performance.now() < end, `it never came, death at write ${death.at}`);
    if (mortal.isDead) {
      mortal.isDead = false;
      await revive();
    }
  }
  await assertWhole(ben, host, isSealed, `death at write ${death.at}`);
  assert.deepEqual([...world.faults, ...core.device.errors, ...ben.errors], []);
  assert.deepEqual(
    (await disk.files.heads()).map(({ name, waits }) => [name, waits]),
    [['own file-1', undefined]],
  );
  core.transfers.stop();
  return deaths > 0;
}

/** As a tab does that was not answered: the same again, under the same ids. */
async function send({ device, transfers }: Core): Promise<void> {
  const record = device.book.get(BEN) ?? device.book.change(BEN, { kind: 'direct', standing: 'contact' });
  const isWaiting = device.sync.outbox.get(FILE) !== undefined;
  const stored = await device.thread(BEN);
  if (!isWaiting && !stored.some(({ originId }) => originId === FILE)) {
    const kept = await transfers.keep({ conversation: BEN, message: FILE }, new Blob([BODY]));
    assert.ok(kept.ok, JSON.stringify(kept));
    const file = { name: 'a.bin', type: 'application/octet-stream', size: SIZE, available: true };
    await device.sync.outbox.write(record, { id: FILE, text: '' }, { file, fileSource: kept.value });
  }
  if (!stored.some(({ originId }) => originId === 'words')) await device.write(BEN, 'words', 'written later');
}

async function step({ device }: Core, ben: MessageDevice): Promise<void> {
  for (const { line } of [device, ben]) {
    line.take();
    line.pass();
    line.acknowledge();
  }
  await settled();
}

const received = (ben: MessageDevice): ReturnType<MessageDevice['thread']> =>
  ben.thread(ANN).then((all) => all.filter(({ content }) => content === 'text'));

async function assertWhole(ben: MessageDevice, host: FileHost, isSealed: boolean, when: string): Promise<void> {
  const messages = await received(ben);
  assert.deepEqual(messages.map(({ text }) => text).toSorted(), ['', 'written later'], when);
  const { file, fileSource } = messages.find(({ text }) => text === '') ?? assert.fail();
  assert.deepEqual([file?.name, file?.size, fileSource?.cipher !== undefined], ['a.bin', SIZE, isSealed], when);
  const body = host.kept.get(fileSource?.url ?? '') ?? assert.fail(when);
  assert.ok(Buffer.from(await openedWith(body, fileSource?.cipher)).equals(BODY), when);
  const others = [...host.kept.values()].filter((one) => !Buffer.from(one).equals(body));
  assert.equal(others.length, 0, `the same bytes at every attempt, ${when}`);
}

async function openedWith(
  body: Uint8Array<ArrayBuffer>,
  cipher: { key: BufferSource; iv: BufferSource } | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!cipher) return body;
  const key = await crypto.subtle.importKey('raw', cipher.key, 'AES-GCM', false, ['decrypt']);
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: cipher.iv }, key, body));
}

async function start(
  engine: ModelEngine,
  clock: ReturnType<typeof fakeClock>,
  disk: OpenedStore,
  world: SealingWorld,
  isSealed: boolean,
  host: FileHost,
): Promise<Core> {
  const device = await messageDevice(engine, clock, `${ANN}/one`, disk, isSealed ? world : undefined);
  const transfers = await createTransfers({
    self: ANN,
    world: { clock, random: (count) => crypto.getRandomValues(new Uint8Array(count)), subtle: crypto.subtle, http: host },
    connection: host,
    store: disk,
    changes: { tell: () => undefined },
    mintId: () => crypto.randomUUID(),
    outbox: device.sync.outbox,
  });
  device.files.upload = (record) => transfers.upload(record);
  device.open();
  return { device, transfers };
}

/** Its writes are counted together, whichever part of the store they go to. After death nothing is answered any more. */
class MortalDisk {
  readonly store: OpenedStore;
  isDead = false;
  #writes = 0;

  constructor(disk: OpenedStore, death: Death) {
    const mortal = async <T>(write: () => Promise<T>): Promise<T> => {
      const isLast = !this.isDead && ++this.#writes === death.at;
      if (isLast) this.isDead = true;
      if (isLast && !death.isBefore) await write();
      return isLast || this.isDead ? new Promise<T>(() => undefined) : write();
    };
    const files: FileShelf = {
      heads: () => disk.files.heads(),
      piece: (...args) => disk.files.piece(...args),
      countPieces: (name) => disk.files.countPieces(name),
      put: (head) => mortal(() => disk.files.put(head)),
      putPiece: (...args) => mortal(() => disk.files.putPiece(...args)),
      drop: (name) => mortal(() => disk.files.drop(name)),
    };
    this.store = new Proxy(disk, {
      get(target, name) {
        if (name === 'files') return files;
        if (name === 'commit') return (...args: Parameters<OpenedStore['commit']>) => mortal(() => target.commit(...args));
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
      },
    });
  }
}
