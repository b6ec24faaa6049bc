// Two people and three devices write to each other encrypted: both ways, to who is away, to an own second device. Neither the engine's files
// nor what went over the line hold a word of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import 'fake-indexeddb/auto';
import type { ThreadPage } from '../../src/contracts/session.ts';
import type { Conversation, ConversationId } from '../../src/model/conversation.ts';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import { startEngine } from '../kit/engines/start-engine.ts';
import { nextCall } from '../kit/node-world.ts';
import { devicesOf, say, startCore, type CoreDevice } from '../kit/engines/core-device.ts';
import { contentOf, until } from '../kit/engines/looking.ts';
import { valueOf } from '../kit/peer.ts';

/** Found nowhere but on screens. */
const CANARY = 'kestrel-7f3a';
/** Sent in clear on purpose: were it not found, nothing would have been looked through. */
const CONTROL = 'sparrow-c0de';

for (const kind of ENGINE_KINDS) {
  describe(`an encrypted conversation over ${kind}`, () => {
    test('reaches every device and nobody else', { timeout: 120_000 }, () => converse(kind));
  });
}

async function converse(kind: EngineKind): Promise<void> {
  const contacts = (name: string) => [{ name, displayName: name, groups: [] }];
  const users = [
    { name: 'ann', password: 'ann', contacts: contacts('ben') },
    { name: 'ben', password: 'ben', contacts: contacts('ann') },
  ];
  const engine = await startEngine({ engine: kind, users });
  const frames: string[] = [];
  const errors: string[] = [];
  const start = (name: string, profile: string, databases?: IDBFactory): Promise<CoreDevice> =>
    startCore(engine, name, { profile, frames, errors, ...(databases && { databases }) });
  const [ann, ben] = [`ann@${engine.domain}` as ConversationId, `ben@${engine.domain}` as ConversationId];
  const annOne = await start('ann', 'one');
  const annTwo = await start('ann', 'two');
  let benOne = await start('ben', 'three');
  await Promise.all([devicesOf(annOne, ben, 1), devicesOf(benOne, ann, 2), devicesOf(annOne, ann, 2), devicesOf(annTwo, ann, 2)]);

  await say(annOne, ben, 'a1', `${CANARY} from Ann`);
  await seen(benOne, ann, 1);
  await say(benOne, ann, 'b1', `${CANARY} from Ben`);
  await seen(annOne, ben, 2);
  await seen(annTwo, ben, 2);
  await say(annTwo, ben, 'a2', `${CANARY} from Ann's other device`);
  await seen(benOne, ann, 3);
  const top = (await thread(benOne, ann)).messages.at(-1)?.order ?? 0;
  valueOf(await benOne.session.markRead(nextCall(), ann, top));
  await until('the reading is told, sealed', async () => (await thread(annTwo, ben)).marks.displayedUpTo > 0);

  await benOne.core.close();
  await say(annOne, ben, 'a3', `${CANARY} to who is away`);
  await say(annOne, ben, 'a4', `${CANARY} once more`);
  benOne = await start('ben', 'three', benOne.databases);
  for (const [device, other] of [
    [annOne, ben],
    [annTwo, ben],
    [benOne, ann],
  ] as const) {
    const { messages } = await seen(device, other, 5);
    assert.deepEqual(
      messages.map(({ text }) => text),
      [`${CANARY} from Ann`, `${CANARY} from Ben`, `${CANARY} from Ann's other device`, `${CANARY} to who is away`, `${CANARY} once more`],
    );
    assert.deepEqual(new Set(messages.map(({ protection }) => protection?.how)), new Set(['omemo-2']));
    assert.deepEqual(shownOf(await conversation(device, other)), { encrypted: true, readability: 'encrypted' });
  }

  valueOf(await annOne.session.changeEncryption(nextCall(), ben, 'off'));
  await say(annOne, ben, 'a5', `${CONTROL} in clear`);
  const { messages } = await seen(benOne, ann, 6);
  assert.deepEqual(messages.at(-1)?.protection, { how: 'plain' });
  assert.deepEqual(shownOf(await conversation(benOne, ann)), { encrypted: true, readability: 'mixed' });

  for (const { core } of [annOne, annTwo, benOne]) await core.close();
  await engine.restart();
  const files = await contentOf(engine.dir);
  assert.deepEqual(
    [CONTROL, CANARY].map((word) => files.includes(word)),
    [true, false],
    'what the engine stored',
  );
  const line = frames.join('\n');
  assert.deepEqual(
    [CONTROL, CANARY].map((word) => line.includes(word)),
    [true, false],
    'what went over the line',
  );
  assert.deepEqual(errors, []);
  await engine.stop();
}

async function thread({ session }: CoreDevice, of: ConversationId): Promise<ThreadPage> {
  const page = await session.readThread(nextCall(), { conversation: of, around: 'newest', before: 50, after: 0 });
  if (!page.ok)
    return { messages: [], outbox: [], gaps: [], marks: { deliveredUpTo: 0, displayedUpTo: 0, readUpTo: 0 }, atStart: true, atEnd: true };
  return { ...page.value, messages: page.value.messages.filter(({ content }) => content !== 'keys-changed') };
}

async function seen(device: CoreDevice, of: ConversationId, count: number): Promise<ThreadPage> {
  await until(`${count} messages with ${of}`, async () => (await thread(device, of)).messages.length >= count);
  return thread(device, of);
}

const conversation = async ({ session }: CoreDevice, id: ConversationId): Promise<Conversation> =>
  valueOf(await session.readConversation(nextCall(), id));

const shownOf = ({ encrypted, readability }: Conversation): Pick<Conversation, 'encrypted' | 'readability'> => ({ encrypted, readability });
