// What a tab that joins a running core is shown before it is let in.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { it } from 'node:test';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createCore } from '../../../../src/core/session/core.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { me } from '../../../kit/forgers.ts';
import { nextCall, nodeWorld } from '../../../kit/node-world.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { ScriptedServer } from '../../../kit/scripted-server.ts';

const BOB = 'bob@app1.test' as ConversationId;
const MOST_TURNS = 5_000;

it('is the list and the thread that was open last, with what waits to be sent; nothing before somebody is signed in', async () => {
  const clock = fakeClock();
  const pass = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    void work.finally(() => (isDone = true));
    for (let turn = 0; !isDone && turn < MOST_TURNS; turn++) {
      clock.advance(10);
      await settled();
    }
    ok(isDone, 'it came to an end');
    return work;
  };
  const server = new ScriptedServer({ user: 'alice', domain: 'app1.test', management: 'none' });
  const core = createCore(
    { ...nodeWorld({ databases: new IDBFactory() }), clock, openSocket: server.openSocket },
    { organisation: 'o', profile: '' },
  );
  equal(await core.readFirstPage({ count: 50 }), undefined);
  const session = core.sessionFor('tab');
  ok((await pass(session.signIn(nextCall(), { services: ['wss://chat.app1.test/ws'], address: me, password: server.script.password }))).ok);
  ok((await pass(session.sendMessage(nextCall(), BOB, { id: 'm1' as MessageId, text: 'good morning' }))).ok);
  await session.reportTab(nextCall(), { visible: true, conversation: BOB });
  let page = await pass(core.readFirstPage({ count: 50 }));
  for (let turn = 0; !page?.open && turn < 100; turn++) page = await pass(core.readFirstPage({ count: 50 }));
  equal(page?.account?.address, me);
  deepEqual(page?.conversations.map(({ id }) => id), [BOB]); // oxfmt-ignore
  equal(page?.open?.conversation, BOB);
  const { messages = [], outbox = [] } = page?.open?.page ?? {};
  deepEqual([...messages, ...outbox].map(({ text }) => text), ['good morning']); // oxfmt-ignore
  await pass(core.close());
});
