// Files from and to a client that nobody here wrote: encrypted from it by the older method, as addresses of its own kind; both ways in clear; and
// none of ours by the older method. Uploads go by HTTPS, which it insists on.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setDefaultCACertificates } from 'node:tls';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Session } from '../../src/contracts/session.ts';
import { createCore } from '../../src/core/session/core.ts';
import type { Address } from '../../src/model/account.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import { failed } from '../../src/model/failure.ts';
import type { MessageId } from '../../src/model/message.ts';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import { ensurePrograms } from '../../src/engine/programs.ts';
import { bytesBy, obey, type Shown } from '../kit/encryption/speaker.ts';
import { contentOf, until } from '../kit/engines/looking.ts';
import { startProfanity, type Profanity } from '../kit/engines/profanity.ts';
import { startEngine } from '../kit/engines/start-engine.ts';
import { FILE_SIZE, sendTheirs, theirsComes } from '../kit/engines/their-files.ts';
import { nextCall, nodeWorld } from '../kit/node-world.ts';
import { valueOf } from '../kit/peer.ts';

const OURS = 3;
/** In their files: where it is found the engine can read it. */
const CONTROL = 'dunnock-c0de';
const CANARY = 'wagtail-51bd';

const ensured = await ensurePrograms(['profanity']);

for (const kind of ENGINE_KINDS) {
  describe(`files with profanity over ${kind}`, { skip: ensured.ok ? false : ensured.said }, () => {
    test('come whole, and what was encrypted is read by nobody between', { timeout: 120_000 }, () => exchange(kind));
  });
}

async function exchange(kind: EngineKind): Promise<void> {
  const contacts = (name: string) => [{ name, displayName: name, groups: [] }];
  const users = [
    { name: 'ann', password: 'ann', contacts: contacts('ben') },
    { name: 'ben', password: 'ben', contacts: contacts('ann') },
  ];
  const engine = await startEngine({ engine: kind, users, withPlainSocket: true, withHttps: true });
  setDefaultCACertificates([engine.certificate]);
  const [ann, ben] = [`ann@${engine.domain}` as Address, `ben@${engine.domain}` as ConversationId];
  const profanity = await startProfanity(engine, 'ben', 'ben');
  const errors: string[] = [];
  const core = createCore(nodeWorld({ databases: new IDBFactory(), errors }), { organisation: 'older', profile: 'one' });
  const session = core.sessionFor('tab');
  try {
    valueOf(await session.signIn(nextCall(), { services: [engine.ws], address: ann, password: 'ann' }));
    await profanity.type(`/msg ${ann}`);
    await inClear(session, profanity, ben);
    await inTheOlderMethod(session, profanity, ann, ben);
    await oursIsRefused(session, ben);
    const stored = await contentOf(engine.dir);
    assert.deepEqual([stored.includes(CONTROL), stored.includes(CANARY)], [true, false], 'what the engine stored');
    assert.deepEqual(errors, []);
  } finally {
    await profanity.quit();
    await core.close();
    await engine.stop();
  }
}

async function inClear(session: Session, profanity: Profanity, ben: Address): Promise<void> {
  await theirsComes(session, ben, 'theirs.pdf', await sendTheirs(profanity, 'theirs.pdf', CONTROL));
  await obey(session, { do: 'send-file', to: ben, text: 'ours', name: 'ours.pdf', seed: OURS, size: FILE_SIZE });
  await profanity.sees('/ours.pdf');
  const [url] = /https:\S+\/ours\.pdf/.exec(await profanity.screen()) ?? [];
  const saved = join(profanity.home, 'saved.pdf');
  await profanity.type(`/url save ${url} ${saved}`);
  await until('it is saved', async () => (await readFile(saved).catch(() => undefined))?.length === FILE_SIZE);
  assert.ok((await readFile(saved)).equals(bytesBy(OURS, FILE_SIZE)), 'what came is what was sent');
}

async function inTheOlderMethod(session: Session, profanity: Profanity, ann: Address, ben: ConversationId): Promise<void> {
  await until('nothing newer works', async () => {
    const keys = await session.readKeys(nextCall(), ben);
    return keys.ok && keys.value.legacy?.isOnlyWay === true;
  });
  valueOf(await session.changeEncryption(nextCall(), ben, 'legacy'));
  await obey(session, { do: 'say', to: ben, text: 'now sealed' });
  await profanity.sees('now sealed');
  await profanity.type(`/omemo start ${ann}`);
  await theirsComes(session, ben, 'sealed.pdf', await sendTheirs(profanity, 'sealed.pdf', CANARY));
  const shown = (await obey(session, { do: 'read', of: ben, count: 4 })) as Shown[];
  assert.deepEqual(shown.map(({ text, how }) => [text, how]), [['', undefined], ['ours', undefined], ['now sealed', 'legacy'], ['', 'legacy']]); // oxfmt-ignore
}

async function oursIsRefused(session: Session, ben: ConversationId): Promise<void> {
  const draft = { id: 'f1' as MessageId, text: '', name: 'ours.pdf', type: 'application/pdf', file: new Blob(['words']) };
  const refused = failed({ kind: 'legacy-no-files' });
  assert.deepEqual(await session.readUploadLimit(nextCall(), ben), refused);
  assert.deepEqual(await session.sendFile(nextCall(), ben, draft), refused);
}
