// Streams that end before the archive has answered, or while it does: what came live on them stands where the archive has it.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { Element } from '../../../../src/xmpp/xml.ts';
import { body, comeToRest, range, texts } from '../../../kit/device-talk.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { delayed, ModelEngine, sentCopy, withArchiveId } from '../../../kit/model-engine.ts';
import { settled } from '../../../kit/scripted-connection.ts';

const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;
/** More than the newest page holds, and more than is ever compared. */
const MANY = [130, 1_300];

let clock: FakeClock;
let engine: ModelEngine;
let device: MessageDevice;
let written: number;

beforeEach(async () => {
  clock = fakeClock();
  engine = new ModelEngine(() => clock.now());
  device = await messageDevice(engine, clock, `${ANN}/one`);
  written = 0;
});

const rest = (steps?: number): Promise<void> => comeToRest(device, clock, steps);

function benWrites(count: number): void {
  for (; count > 0; count--) {
    clock.advance(1_000);
    written += 1;
    engine.write(`${BEN}/x`, ANN, body(`b${written}`, ANN, `text ${written}`));
  }
}

/** By Ben. */
function said(id: string, text: string): Element {
  const message = body(id, ANN, text);
  return { ...message, attributes: { ...message.attributes, from: `${BEN}/x` } };
}

/** As an engine hands on to a new stream what it had said to the one before. */
function handOn(from: number, to: number): void {
  for (const { id, at, message } of engine.archiveOf(ANN).slice(from, to)) {
    const archived = withArchiveId(message, ANN, id);
    device.line.deliver(delayed(isOurs(archived) ? sentCopy(ANN, archived) : archived, ANN, at));
  }
}

const isOurs = ({ attributes }: Element): boolean => attributes['from']?.startsWith(ANN) === true;

/** From another device. */
function annWrites(count: number): void {
  for (; count > 0; count--) {
    clock.advance(1_000);
    written += 1;
    engine.write(`${ANN}/two`, BEN, body(`a${written}`, BEN, `text ${written}`));
  }
}

/** Nothing is asked of the engine meanwhile. */
async function hear(): Promise<void> {
  for (let steps = 0; steps < 50; steps++) device.line.pass();
  clock.advance(60);
  await settled();
}

const inOrder = (): string[] => range(1, written).map((number) => `text ${number}`);

describe('a stream that breaks off', () => {
  it('leaves in order what came live before it was there, behind what was asked for', async () => {
    benWrites(3);
    device.begin();
    for (let steps = 0; steps < 5; steps++) device.line.take();
    await hear();
    benWrites(2);
    await hear();
    device.arrive();
    await rest();
    assert.deepEqual(texts(await device.thread(BEN)), inOrder());
  });

  it('leaves in order what came live while no page of the archive did, though the next one ends between two pages', async () => {
    benWrites(2);
    device.open();
    await rest();
    device.lose();
    benWrites(30);
    device.open();
    benWrites(3);
    await hear();
    assert.equal(texts(await device.thread(BEN)).at(-1), `text ${written}`, 'live words are there');
    device = await device.restart();
    benWrites(4);
    engine.largestPage = 10;
    device.open();
    benWrites(2);
    await onePage();
    device = await device.restart();
    device.open();
    await rest(2_000);
    assert.deepEqual(texts(await device.thread(BEN)), inOrder());
  });
});

/** As much as the newest page takes, and no more. */
async function onePage(): Promise<void> {
  await hear();
  for (let steps = 0; steps < 4; steps++) device.line.take();
  await hear();
}

/** What happens while they wait. */
const COMING_BACK: readonly (readonly [what: string, comeBack: () => Promise<void>])[] = [
  ['by the core that comes after the one they waited in', async () => void (device = await device.restart())],
  ['by the stream that comes after the one that brought them', async () => device.lose()],
];

describe('words that a new stream is handed, because the one before never said that it had them', () => {
  beforeEach(async () => {
    benWrites(3);
    device.open();
    await rest();
    device.lose();
  });

  for (const many of MANY)
    it(`stand where the archive has them, though ${many} came after them`, async () => {
      annWrites(2);
      benWrites(many);
      device.begin();
      handOn(3, 25);
      device.arrive();
      await rest(many + 400);
      assert.deepEqual(texts(await device.thread(BEN)), inOrder());
    });

  it('wait for it, while what is said now does not, and count as unread once', async () => {
    benWrites(130);
    device.begin();
    handOn(3, 25);
    device.arrive();
    benWrites(1);
    await hear();
    assert.deepEqual(texts(await device.thread(BEN)), ['text 1', 'text 2', 'text 3', `text ${written}`]);
    await rest(400);
    assert.deepEqual(texts(await device.thread(BEN)), inOrder());
    assert.equal(device.book.get(BEN)?.unread, written);
  });

  it('are all there where more are handed on than wait', async () => {
    benWrites(600);
    device.begin();
    handOn(3, 303);
    device.arrive();
    await rest(1_300);
    assert.deepEqual(texts(await device.thread(BEN)), inOrder());
  });

  it('are read when the archive does not answer', async () => {
    benWrites(3);
    engine.distort = () => undefined;
    device.begin();
    handOn(3, 6);
    device.arrive();
    await rest();
    assert.deepEqual(texts(await device.thread(BEN)), inOrder());
  });

  it('are read late where they bear an id that the archive does not know', async () => {
    benWrites(60);
    device.begin();
    device.line.deliver(delayed(withArchiveId(said('x', 'made up'), ANN, 'made-up'), ANN, clock.now()));
    device.arrive();
    await rest(400);
    assert.deepEqual(texts(await device.thread(BEN)), [...inOrder(), 'made up']);
  });

  for (const many of [10, 130])
    it(`stand before the archive's where it does not keep them as long as the engine does, and then ${many} came`, async () => {
      const kept = range(1, 5).map((number) => {
        clock.advance(1_000);
        written += 1;
        return delayed(withArchiveId(said(`b${written}`, `text ${written}`), ANN, `purged-${number}`), ANN, clock.now());
      });
      benWrites(many);
      device.begin();
      for (const message of [...kept, ...kept.slice(0, 1)]) device.line.deliver(message);
      device.arrive();
      await rest(400);
      assert.deepEqual(texts(await device.thread(BEN)), inOrder());
    });

  for (const [what, comeBack] of COMING_BACK)
    it(`are found in the archive ${what}`, async () => {
      benWrites(130);
      device.begin();
      handOn(3, 25);
      device.arrive();
      await hear();
      // Old enough that the archive counts as known so far.
      for (const _ of range(1, 3)) {
        clock.advance(6_000);
        benWrites(1);
        await hear();
      }
      await comeBack();
      device.open();
      await rest(600);
      assert.deepEqual(texts(await device.thread(BEN)), inOrder());
    });

  it('are read where no archive tells them', async () => {
    written += 1;
    engine.distort = () => undefined;
    device.begin();
    device.line.deliver(delayed(said('b4', 'text 4'), ANN, clock.now()));
    device.arrive();
    await rest();
    assert.deepEqual(texts(await device.thread(BEN)), inOrder());
  });
});
