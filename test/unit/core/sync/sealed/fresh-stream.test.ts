// When keys may be used again: a fresh stream first looks into the archive, one that was resumed goes on.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { FakeClock } from '../../../../kit/fake-clock.ts';
import type { MessageDevice } from '../../../../kit/message-device.ts';
import type { ModelEngine } from '../../../../kit/model-engine.ts';
import type { SealingWorld } from '../../../../kit/sealing-world.ts';
import { ANN, BEN, pass, twoDevices } from '../../../../kit/two-sealing-devices.ts';

let clock: FakeClock;
let engine: ModelEngine;
let world: SealingWorld;
let ann: MessageDevice;
let ben: MessageDevice;

beforeEach(async () => {
  ({ clock, engine, world, ann, ben } = await twoDevices());
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

const steps = (count: number): Promise<void> => pass(clock, [ann, ben], count);

const texts = (messages: readonly { text: string }[]): string[] => messages.map(({ text }) => text);
