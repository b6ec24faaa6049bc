// A window that stands still in the middle of writing holds the disk: whoever comes next waits, says so, and has everything once it lets go.
import { deepEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createCore, type Core } from '../../../../src/core/session/core.ts';
import type { Session } from '../../../../src/contracts/session.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import type { Situation } from '../../../../src/model/situation.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { nextCall, nodeWorld } from '../../../kit/node-world.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { ScriptedServer } from '../../../kit/scripted-server.ts';

const IDENTITY = { organisation: 'o', profile: '' };
const BOB = 'bob@willow.test' as ConversationId;
const MOST_TURNS = 20_000;

describe('a disk that another window holds', () => {
  it('is told of after some seconds, and read once it is free', async () => {
    const databases = new IDBFactory();
    const first = openCore(databases);
    await first.signIn();
    ok((await first.session.sendMessage(nextCall(), BOB, { id: 'm1' as MessageId, text: 'kept' })).ok);
    await first.core.close();

    const letGo = await holdAll(databases);
    const next = openCore(databases);
    await settled();
    deepEqual([(await next.situation()).sign, (await next.situation()).storage], ['restoring', 'durable']);
    next.clock.advance(5_000);
    deepEqual([(await next.situation()).sign, (await next.situation()).storage], ['restoring', 'held']);

    letGo();
    await until(async () => (await next.situation()).storage === 'durable');
    await until(async () => (await next.situation()).sign === 'signed-in');
    const page = await next.session.readThread(nextCall(), { conversation: BOB, around: 'newest', before: 5, after: 0 });
    ok(page.ok);
    deepEqual(
      [...page.value.messages, ...page.value.outbox].map(({ text }) => text),
      ['kept'],
    );
    deepEqual([...first.errors, ...next.errors], []);
  });

  it('is told of where only writing has to wait, and nothing is lost', async () => {
    const databases = new IDBFactory();
    const core = openCore(databases);
    await core.signIn();
    const letGo = await holdAll(databases);
    const sent = core.session.sendMessage(nextCall(), BOB, { id: 'm1' as MessageId, text: 'kept' });
    await settled();
    core.clock.advance(5_000);
    deepEqual((await core.situation()).storage, 'held');
    letGo();
    deepEqual((await sent).ok, true);
    deepEqual((await core.situation()).storage, 'durable');
    deepEqual(core.errors, []);
  });

  it('is not spoken of where it was read in time', async () => {
    const core = openCore(new IDBFactory());
    await until(async () => (await core.situation()).sign === 'signed-out');
    core.clock.advance(60_000);
    deepEqual((await core.situation()).storage, 'durable');
  });
});

interface Opened {
  clock: FakeClock;
  core: Core;
  errors: string[];
  session: Session;
  situation(): Promise<Situation>;
  signIn(): Promise<void>;
}

function openCore(databases: IDBFactory): Opened {
  const clock = fakeClock();
  const errors: string[] = [];
  const server = new ScriptedServer();
  const openSocket: ScriptedServer['openSocket'] = (url, events) => server.openSocket(url, events);
  const core = createCore({ ...nodeWorld({ databases, errors }), clock, openSocket }, IDENTITY);
  const session: Session = core.sessionFor('tab');
  const situation = async (): Promise<Situation> => {
    const answer = await session.readSituation(nextCall());
    ok(answer.ok);
    return answer.value;
  };
  const signIn = async (): Promise<void> => {
    await until(async () => (await situation()).sign === 'signed-out');
    const credentials = { services: ['wss://chat.willow.test/ws'], address: 'ann@willow.test', password: 'pencil' };
    const answer = session.signIn(nextCall(), credentials);
    await until(async () => (await situation()).sign === 'signed-in');
    ok((await answer).ok);
  };
  return { clock, core, errors, session, situation, signIn };
}

/** A transaction over everything that never comes to its end, as of a process that was stopped. Answers with how to end it. */
async function holdAll(databases: IDBFactory): Promise<() => void> {
  let isHeld = true;
  for (const { name } of await databases.databases()) {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = databases.open(name as string);
      opening.addEventListener('success', () => resolve(opening.result));
    });
    const tables = [...database.objectStoreNames];
    const store = database.transaction(tables, 'readwrite').objectStore(tables[0] as string);
    const goOn = (): void => {
      if (isHeld) store.count().addEventListener('success', goOn);
      else database.close();
    };
    goOn();
  }
  return () => (isHeld = false);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    if (await isSo()) return;
    await settled();
  }
  throw new Error('still not so');
}
