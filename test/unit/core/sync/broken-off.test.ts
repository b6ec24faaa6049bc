// Streams that end before the archive has answered, or while it does: what came live on them stands where the archive has it.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import { body, comeToRest, range, texts } from '../../../kit/device-talk.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { delayed, ModelEngine, withArchiveId } from '../../../kit/model-engine.ts';
import { settled } from '../../../kit/scripted-connection.ts';

const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;
/** More than the newest page holds. */
const MANY = 130;

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

describe('words that a new stream is handed, because the one before never said that it had them', () => {
  beforeEach(async () => {
    benWrites(3);
    device.open();
    await rest();
    device.lose();
  });

  it('stand where the archive has them, though many came after them', async () => {
    benWrites(MANY);
    device.begin();
    for (const { id, at, message } of engine.archiveOf(ANN).slice(3, 25))
      device.line.deliver(delayed(withArchiveId(message, ANN, id), ANN, at));
    device.arrive();
    await rest(400);
    assert.deepEqual(texts(await device.thread(BEN)), inOrder());
  });

  it('are read where no archive tells them', async () => {
    const message = { ...body('b4', ANN, 'text 4'), attributes: { ...body('b4', ANN, '').attributes, from: `${BEN}/x` } };
    written += 1;
    engine.distort = () => undefined;
    device.begin();
    device.line.deliver(delayed(message, ANN, clock.now()));
    device.arrive();
    await rest();
    assert.deepEqual(texts(await device.thread(BEN)), inOrder());
  });
});
