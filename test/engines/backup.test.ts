// A backup through a real engine: what was encrypted for one device is read on another, and there everybody is still known by their keys.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import 'fake-indexeddb/auto';
import { HEADER_BYTES, type RestoreStep } from '../../src/contracts/backup.ts';
import type { DeviceKeys } from '../../src/contracts/keys.ts';
import type { Address } from '../../src/model/account.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { Message } from '../../src/model/message.ts';
import { devicesOf, say, startCore, type CoreDevice } from '../kit/engines/core-device.ts';
import { startEngine, type TestEngine } from '../kit/engines/start-engine.ts';
import { nextCall } from '../kit/node-world.ts';
import { until } from '../kit/engines/looking.ts';
import { valueOf } from '../kit/peer.ts';

const WORDS = 'walnut harbour ninety silver kite';

test('old words are read on a new device, and its keys are asked to be compared', { timeout: 120_000 }, async () => {
  const contacts = (name: string) => [{ name, displayName: name, groups: [] }];
  const users = [
    { name: 'ann', password: 'ann', contacts: contacts('ben') },
    { name: 'ben', password: 'ben', contacts: contacts('ann') },
  ];
  const errors: string[] = [];
  const engine = await startEngine({ engine: 'prosody', users });
  const [ann, ben] = [`ann@${engine.domain}` as ConversationId, `ben@${engine.domain}` as ConversationId];
  const annOne = await start(engine, 'ann', 'one', errors);
  const benOne = await start(engine, 'ben', 'ben', errors);
  await Promise.all([devicesOf(annOne, ben, 1), devicesOf(benOne, ann, 1)]);
  await say(annOne, ben, 'a1', 'old words of Ann');
  await until('Ann is read', async () => (await thread(benOne, ann)).length === 1);
  await say(benOne, ann, 'b1', 'old words of Ben');
  await until('Ben is read', async () => (await thread(annOne, ben)).length === 2);
  await verifyAll(annOne, ben);
  await verifyAll(benOne, ann);

  const file = await write(annOne);
  const annTwo = await start(engine, 'ann', 'two', errors);
  await until('the archive is there', async () => (await thread(annTwo, ben)).length === 2);
  assert.deepEqual(new Set((await thread(annTwo, ben)).map(({ content }) => content)), new Set(['unreadable']));
  const refused = await bring(annTwo, file, 'five words that are others');
  assert.deepEqual(refused, { state: 'refused', why: 'wrong-secret' });
  const step = await bring(annTwo, file, WORDS);
  assert.ok(step.state === 'restored');
  const { conversations, added, recovered } = step.found;
  assert.deepEqual({ conversations, added, recovered }, { conversations: 1, added: 0, recovered: 2 });
  assert.deepEqual(
    (await thread(annTwo, ben)).map(({ text, protection }) => [text, protection?.how]),
    [
      ['old words of Ann', 'omemo-2'],
      ['old words of Ben', 'omemo-2'],
    ],
  );
  await until('Ben is known by his keys', async () => (await devices(annTwo, ben)).some(({ trust }) => trust === 'verified'));
  await until('Ben is asked to compare', async () => (await devices(benOne, ann)).some(({ trust }) => trust === 'undecided'));

  for (const { core } of [annOne, annTwo, benOne]) await core.close();
  assert.deepEqual(errors, []);
  await engine.stop();
});

const start = (engine: TestEngine, name: string, profile: string, errors: string[]): Promise<CoreDevice> =>
  startCore(engine, name, { errors, profile });

async function write({ session }: CoreDevice): Promise<Uint8Array<ArrayBuffer>> {
  const backup = valueOf(await session.beginBackup(nextCall(), { secret: WORDS }));
  const pieces: Uint8Array[] = [];
  for (let isLast = false; !isLast;) {
    const piece = valueOf(await session.readBackup(nextCall(), { backup, piece: pieces.length }));
    if (piece.state === 'preparing') continue;
    pieces.push(piece.bytes);
    isLast = piece.isLast;
  }
  return new Uint8Array(Buffer.concat(pieces));
}

async function bring({ session }: CoreDevice, file: Uint8Array<ArrayBuffer>, secret: string): Promise<RestoreStep> {
  let step = valueOf(await session.beginRestore(nextCall(), { secret, size: file.length, header: file.slice(0, HEADER_BYTES) }));
  while (step.state === 'reading' || step.state === 'preparing') {
    const [from, to] = step.state === 'reading' ? [step.from, step.to] : [0, 0];
    step = valueOf(await session.giveToRestore(nextCall(), { restore: step.restore, from, bytes: file.slice(from, to) }));
  }
  return step;
}

async function devices({ session }: CoreDevice, person: Address): Promise<readonly DeviceKeys[]> {
  const keys = await session.readKeys(nextCall(), person);
  return keys.ok ? keys.value.devices : [];
}

async function verifyAll(device: CoreDevice, person: Address): Promise<void> {
  for (const { id, fingerprint } of await devices(device, person))
    valueOf(await device.session.decideOnDevice(nextCall(), person, { device: id, fingerprint, trust: 'verified' }));
}

/** Lines about keys are nobody's words. */
async function thread({ session }: CoreDevice, of: ConversationId): Promise<readonly Message[]> {
  const page = await session.readThread(nextCall(), { conversation: of, around: 'newest', before: 50, after: 0 });
  return page.ok ? page.value.messages.filter(({ content }) => content !== 'keys-changed') : [];
}
