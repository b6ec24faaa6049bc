// What an engine hands on to a new stream and its archive has as well: it waits sealed, is opened once, and stands where the archive has it.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { range, texts } from '../../../../kit/device-talk.ts';
import type { FakeClock } from '../../../../kit/fake-clock.ts';
import type { MessageDevice } from '../../../../kit/message-device.ts';
import { delayed, withArchiveId, type ModelEngine } from '../../../../kit/model-engine.ts';
import type { SealingWorld } from '../../../../kit/sealing-world.ts';
import { ANN, BEN, pass, twoDevices, untilQuiet } from '../../../../kit/two-sealing-devices.ts';

/** With receipts between them, more than the newest page holds. */
const MANY = 130;

let clock: FakeClock;
let engine: ModelEngine;
let world: SealingWorld;
let ann: MessageDevice;
let ben: MessageDevice;

const rest = (): Promise<void> => untilQuiet(clock, [ann, ben]);

beforeEach(async () => {
  ({ clock, engine, world, ann, ben } = await twoDevices());
  await ann.write(BEN, 'm0', 'text 0');
  await rest();
  ben.lose();
  for (const number of range(1, MANY)) await ann.write(BEN, `m${number}`, `text ${number}`);
  await rest();
});

/** What nobody answers yet waits. */
async function handOn(): Promise<() => void> {
  const letGo = ben.line.holdBack(({ name }) => name === 'iq');
  ben.begin();
  const [known] = engine.archiveOf(BEN);
  for (const { id, at, message } of engine
    .archiveOf(BEN)
    .filter((one) => one !== known)
    .slice(0, 22))
    ben.line.deliver(delayed(withArchiveId(message, BEN, id), BEN, at));
  ben.arrive();
  await pass(clock, [ann, ben], 30);
  assert.deepEqual(texts(await ben.thread(ANN)), ['text 0']);
  return letGo;
}

async function expectAll(): Promise<void> {
  await rest();
  assert.deepEqual(
    texts(await ben.thread(ANN)),
    range(0, MANY).map((number) => `text ${number}`),
  );
  assert.deepEqual([world.faults, ben.errors], [[], []]);
}

describe('sealed words that a new stream is handed', () => {
  it('are opened where the archive has them', async () => {
    const letGo = await handOn();
    letGo();
    await expectAll();
  });

  it('are opened by the core that comes after the one they waited in', async () => {
    await handOn();
    ben = await ben.restart();
    ben.open();
    await expectAll();
  });

  it('are opened when the archive does not answer', async () => {
    engine.distort = () => undefined;
    const letGo = await handOn();
    letGo();
    await rest();
    assert.deepEqual(
      texts(await ben.thread(ANN)).slice(0, 23),
      range(0, 22).map((number) => `text ${number}`),
    );
    engine.distort = (page) => page;
    ben.lose();
    ben.open();
    await expectAll();
  });
});
