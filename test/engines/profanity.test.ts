// A client that nobody here wrote, and that speaks only the older method: both ways, to who is away, and nothing of it in the engine's files.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import 'fake-indexeddb/auto';
import type { ConversationId } from '../../src/model/conversation.ts';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import { ensurePrograms } from '../../src/engine/programs.ts';
import { say, seen, startCore } from '../kit/engines/core-device.ts';
import { startProfanity } from '../kit/engines/profanity.ts';
import { startEngine } from '../kit/engines/start-engine.ts';
import { nextCall } from '../kit/node-world.ts';
import { contentOf, until } from '../kit/engines/looking.ts';
import { valueOf } from '../kit/peer.ts';

/** Found nowhere but on screens. */
const CANARY = 'wagtail-51bd';

const ensured = await ensurePrograms(['profanity']);

for (const kind of ENGINE_KINDS) {
  describe(`profanity over ${kind}`, { skip: ensured.ok ? false : ensured.said }, () => {
    test('is written to and read by the older method, once a person has chosen it', { timeout: 150_000 }, () => converse(kind));
  });
}

async function converse(kind: EngineKind): Promise<void> {
  const contacts = (name: string) => [{ name, displayName: name, groups: [] }];
  const users = [
    { name: 'ann', password: 'ann', contacts: contacts('ben') },
    { name: 'ben', password: 'ben', contacts: contacts('ann') },
  ];
  const engine = await startEngine({ engine: kind, users, withPlainSocket: true });
  const errors: string[] = [];
  const [ann, ben] = [`ann@${engine.domain}`, `ben@${engine.domain}`].map((one) => one as ConversationId) as [
    ConversationId,
    ConversationId,
  ];
  const profanity = await startProfanity(engine, 'ben', 'ben');
  let device = await startCore(engine, 'ann', { errors });
  try {
    await until('nothing newer works', async () => {
      const keys = await device.session.readKeys(nextCall(), ben);
      return keys.ok && keys.value.legacy?.isOnlyWay === true;
    });
    valueOf(await device.session.changeEncryption(nextCall(), ben, 'legacy'));
    await say(device, ben, 'a1', `${CANARY} from the widget`);
    await profanity.type(`/msg ${ann}`);
    await profanity.sees(`${CANARY} from the widget`);

    await profanity.type(`/omemo start ${ann}`);
    await profanity.type(`${CANARY} from the terminal`);
    await seen(device, ben, 2);
    for (let turn = 0; turn < 3; turn++) {
      await say(device, ben, `b${turn}`, `${CANARY} there ${turn}`);
      await profanity.sees(`${CANARY} there ${turn}`);
      await profanity.type(`${CANARY} back ${turn}`);
      await seen(device, ben, 4 + turn * 2);
    }

    await device.core.close();
    await profanity.type(`${CANARY} to who is away`);
    await profanity.type(`${CANARY} once more`);
    await wait(500);
    device = await startCore(engine, 'ann', { errors, databases: device.databases });
    const { messages } = await seen(device, ben, 10);
    assert.deepEqual(
      messages.map(({ text }) => text.replace(`${CANARY} `, '')),
      [
        'from the widget',
        'from the terminal',
        'there 0',
        'back 0',
        'there 1',
        'back 1',
        'there 2',
        'back 2',
        'to who is away',
        'once more',
      ],
    );
    assert.deepEqual(new Set(messages.map(({ protection }) => protection?.how)), new Set(['legacy']));
    const { encrypted, legacy, readability } = valueOf(await device.session.readConversation(nextCall(), ben));
    assert.deepEqual({ encrypted, legacy, readability }, { encrypted: true, legacy: true, readability: 'mixed' });
    await say(device, ben, 'a9', `${CANARY} after all`);
    await profanity.sees(`${CANARY} after all`);

    await profanity.type('/mam on');
    await profanity.leave();
    await say(device, ben, 'a10', `${CANARY} while ben is away`);
    await say(device, ben, 'a11', `${CANARY} and again`);
    await profanity.comeBack();
    await profanity.type(`/msg ${ann}`);
    await profanity.sees(`${CANARY} while ben is away`);
    await profanity.sees(`${CANARY} and again`);
    await profanity.type(`${CANARY} and ben is back`);
    assert.equal((await seen(device, ben, 14)).messages.at(-1)?.text, `${CANARY} and ben is back`);
  } finally {
    await profanity.quit();
    await device.core.close();
  }
  await engine.restart();
  const files = await contentOf(engine.dir);
  assert.deepEqual([files.includes('axolotl'), files.includes(CANARY)], [true, false], 'what the engine stored');
  assert.deepEqual(errors, []);
  await engine.stop();
}
