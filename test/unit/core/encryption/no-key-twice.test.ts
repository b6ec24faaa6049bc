// S13 of the security table: over deaths of the core at any moment, no key of a ratchet and no payload's key is used for two messages.
import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '../../../../src/model/account.ts';
import { ROLLED_BACK } from '../../../../src/core/ports.ts';
import { writeElement, type Element } from '../../../../src/xmpp/xml.ts';
import { encryptionDevice, type EncryptionDevice } from '../../../kit/encryption/encryption-device.ts';
import { stepOf } from '../../../kit/encryption/step-of.ts';
import { KeyServer } from '../../../kit/encryption/key-server.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { chance } from '../../../kit/random.ts';
import { sizeOf } from '../../../contract/kit/sizes.ts';

const MEI = 'mei@a.test' as Address;
const LIN = 'lin@b.test' as Address;
const SEED = Number(process.env['WARBLER_SEED'] ?? 20261121);
const STEPS = sizeOf('WARBLER_STEPS', 5_000, 250);
/** An account is followed through three hundred devices, and each rollback makes one. */
const STEPS_OF_A_STORY = 5_000;

describe('keys over deaths of the core', () => {
  it(`${STEPS} messages, killed before and after each commit, rolled back at times: each under a key of its own, all are read`, async () => {
    for (let told = 0; told < STEPS; told += STEPS_OF_A_STORY) await tellStory(SEED + told, Math.min(STEPS_OF_A_STORY, STEPS - told));
  });
});

async function tellStory(seed: number, steps: number): Promise<void> {
  const [server, clock, luck] = [new KeyServer(), fakeClock(), chance(seed)];
  let mei = await encryptionDevice(server, clock, MEI);
  const lin = await encryptionDevice(server, clock, LIN);
  await mei.online();
  await lin.online();
  const used = new Map<string, string>();
  let sent = 0;
  for (let step = 0; step < steps; step++) {
    const happens = luck.below(10);
    if (happens === 0) mei = await killedAfterSealing(mei);
    else if (happens === 1) mei = await mei.restart();
    else if (happens === 2) await mei.read(await lin.write(`back ${step}`, MEI));
    else if (happens === 3 && luck.below(8) === 0) mei = await rolledBack(mei);
    else {
      const message = await writeOnce(mei, `words ${step}`, await lin.id(), used);
      sent += 1;
      // It may be long under way, or be lost.
      if (luck.below(10) > 0) equal(await lin.read(message), `words ${step}`);
    }
  }
  ok(sent > steps / 3);
  equal(used.size, sent);
  for (const device of [mei, lin]) device.encryption.stop();
}

async function writeOnce(mei: EncryptionDevice, words: string, reader: number, used: Map<string, string>): Promise<Element> {
  const message = await mei.write(words, LIN);
  const name = stepOf(message, LIN, reader);
  const bytes = writeElement(message);
  equal(used.get(name) ?? bytes, bytes, 'two messages under one key');
  used.set(name, bytes);
  return message;
}

/** The step was never on the disk, and the message never on the line. */
async function killedAfterSealing(mei: EncryptionDevice): Promise<EncryptionDevice> {
  ok((await mei.seal('never sent', LIN)).ok);
  return mei.restart();
}

async function rolledBack(mei: EncryptionDevice): Promise<EncryptionDevice> {
  await mei.store.commit({ keys: [{ name: ROLLED_BACK, value: 'older-copy' }] });
  const again = await mei.restart();
  await again.online();
  return again;
}
