// When keys may be used again: a fresh stream first looks into the archive, one that was resumed goes on.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ConversationId } from '../../../../../src/model/conversation.ts';
import { fakeClock, type FakeClock } from '../../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../../kit/message-device.ts';
import { ModelEngine } from '../../../../kit/model-engine.ts';
import { settled } from '../../../../kit/scripted-connection.ts';
import { SealingWorld } from '../../../../kit/sealing-world.ts';

const ANN = 'ann@app1.test' as ConversationId;
const BEN = 'ben@app1.test' as ConversationId;

let clock: FakeClock;
let engine: ModelEngine;
let world: SealingWorld;
let ann: MessageDevice;
let ben: MessageDevice;

beforeEach(async () => {
  clock = fakeClock();
  engine = new ModelEngine(() => clock.now());
  world = new SealingWorld();
  ann = await messageDevice(engine, clock, `${ANN}/one`, undefined, world);
  ben = await messageDevice(engine, clock, `${BEN}/one`, undefined, world);
  ann.open();
  ben.open();
  await steps(20);
});

describe('a fresh stream', () => {
  it('seals nothing before the archive was looked into: whoever is a copy of another learns there which keys were used', async () => {
    await ann.write(BEN, 'm1', 'first');
    await steps(20);
    ann = await ann.restart();
    const letGo = ann.line.holdBack(({ name }) => name === 'iq');
    ann.open();
    const before = engine.archiveOf(BEN).length;
    assert.equal(await ann.write(BEN, 'm2', 'not so fast'), true);
    await steps(20);
    assert.equal(engine.archiveOf(BEN).length, before);
    letGo();
    await steps(20);
    assert.deepEqual(texts(await ben.thread(ANN)), ['first', 'not so fast']);
    assert.deepEqual(world.faults, []);
  });

  it('that only goes on does not wait', async () => {
    await ann.write(BEN, 'm1', 'first');
    await steps(20);
    ann.line.holdBack(({ name }) => name === 'iq');
    ann.sync.onOnline('resumed');
    assert.equal(await ann.write(BEN, 'm2', 'at once'), true);
    await steps(20);
    assert.deepEqual(texts(await ben.thread(ANN)), ['first', 'at once']);
  });
});

async function steps(count: number): Promise<void> {
  for (let step = 0; step < count; step++) {
    for (const { line } of [ann, ben]) {
      line.take();
      line.pass();
      line.acknowledge();
    }
    clock.advance(100);
    await settled();
  }
}

const texts = (messages: readonly { text: string }[]): string[] => messages.map(({ text }) => text);
