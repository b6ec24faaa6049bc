// Two people with a device each, on the model engine, whose encryption is reduced to its steps.
import type { ConversationId } from '../../src/model/conversation.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { messageDevice, type MessageDevice } from './message-device.ts';
import { ModelEngine } from './model-engine.ts';
import { settled } from './scripted-connection.ts';
import { SealingWorld } from './sealing-world.ts';

export const ANN = 'ann@app1.test' as ConversationId;
export const BEN = 'ben@app1.test' as ConversationId;

export interface TwoDevices {
  clock: FakeClock;
  engine: ModelEngine;
  world: SealingWorld;
  ann: MessageDevice;
  ben: MessageDevice;
}

export async function twoDevices(how: SealingWorld['how'] = 'omemo-2'): Promise<TwoDevices> {
  const clock = fakeClock();
  const engine = new ModelEngine(() => clock.now());
  const world = new SealingWorld();
  world.how = how;
  const ann = await messageDevice(engine, clock, `${ANN}/one`, undefined, world);
  const ben = await messageDevice(engine, clock, `${BEN}/one`, undefined, world);
  ann.open();
  ben.open();
  return { clock, engine, world, ann, ben };
}

/** So many moments, in each of which every line carries one thing each way. */
export async function pass(clock: FakeClock, devices: readonly MessageDevice[], moments: number = 1): Promise<void> {
  for (let moment = 0; moment < moments; moment++) {
    for (const { line } of devices) {
      line.take();
      line.pass();
      line.acknowledge();
    }
    clock.advance(100);
    await settled();
  }
}

/** Until nothing is on the way any more. */
export async function untilQuiet(clock: FakeClock, devices: readonly MessageDevice[]): Promise<void> {
  for (let quiet = 0; quiet < 4;) {
    await pass(clock, devices);
    quiet = devices.every(({ line }) => line.isQuiet()) ? quiet + 1 : 0;
  }
}
