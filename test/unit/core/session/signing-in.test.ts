// Signing in: the engine is asked while the store is being opened, and whatever becomes of either, the other keeps its order.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Session } from '../../../../src/contracts/session.ts';
import type { StorageBuckets } from '../../../../src/core/ports.ts';
import { createCore, type Core } from '../../../../src/core/session/core.ts';
import { accountName, registryName } from '../../../../src/core/storage/names.ts';
import { DATABASE_VERSION } from '../../../../src/core/storage/schema.ts';
import type { Account } from '../../../../src/model/account.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { Answer } from '../../../../src/model/failure.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import type { Situation } from '../../../../src/model/situation.ts';
import { NS_CLIENT, NS_SM } from '../../../../src/xmpp/namespaces.ts';
import { element, type Element } from '../../../../src/xmpp/xml.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { nextCall, nodeWorld } from '../../../kit/node-world.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { ScriptedServer } from '../../../kit/scripted-server.ts';
import { clearRaw, openRaw } from '../../../storage/raw.ts';

const IDENTITY = { organisation: 'o', profile: '' };
const ANN = 'ann@willow.test';
const EVE = 'eve@willow.test';
const BOB = 'bob@willow.test' as ConversationId;
const MOST_TURNS = 5_000;

/** A disk that keeps everybody waiting while it is shut. */
class SlowDisk implements StorageBuckets {
  readonly kept = new Map<string, IDBFactory>();
  #opened: Promise<void> = Promise.resolve();
  release = (): void => undefined;

  shut(): void {
    this.#opened = new Promise((resolve) => (this.release = resolve));
  }

  async keys(): Promise<string[]> {
    await this.#opened;
    return [...this.kept.keys()];
  }

  async open(name: string): Promise<{ indexedDB: IDBFactory }> {
    const indexedDB = this.kept.get(name) ?? new IDBFactory();
    this.kept.set(name, indexedDB);
    return { indexedDB };
  }

  async delete(name: string): Promise<void> {
    this.kept.delete(name);
  }
}

class Visit {
  readonly clock: ReturnType<typeof fakeClock> = fakeClock();
  readonly server: ScriptedServer = new ScriptedServer();
  /** Another service, for another account. */
  readonly other: ScriptedServer = new ScriptedServer({ user: 'eve' });
  readonly errors: string[] = [];
  readonly disk: SlowDisk;
  readonly core: Core;
  readonly session: Session;

  constructor(disk: SlowDisk = new SlowDisk()) {
    this.disk = disk;
    const openSocket: ScriptedServer['openSocket'] = (url, events) =>
      (url.includes('other') ? this.other : this.server).openSocket(url, events);
    const world = { ...nodeWorld({ databases: new IDBFactory(), errors: this.errors }), clock: this.clock, openSocket, buckets: disk };
    this.core = createCore(world, IDENTITY);
    this.session = this.core.sessionFor('tab');
  }

  /** With the disk shut as soon as it was looked at who was here last. */
  static async whileOpening(disk?: SlowDisk): Promise<Visit> {
    const visit = new Visit(disk);
    await visit.until(async () => (await visit.situation()).sign === 'signed-out');
    visit.disk.shut();
    return visit;
  }

  signIn(address: string = ANN, password: string = 'pencil'): Promise<Answer<Account>> {
    const service = address === EVE ? 'wss://other.willow.test/ws' : 'wss://chat.willow.test/ws';
    return this.session.signIn(nextCall(), { services: [service], address, password });
  }

  async situation(): Promise<Situation> {
    const answer = await this.session.readSituation(nextCall());
    ok(answer.ok);
    return answer.value;
  }

  async thread(): Promise<string[]> {
    const answer = await this.session.readThread(nextCall(), { conversation: BOB, around: 'newest', before: 50, after: 0 });
    return answer.ok ? answer.value.messages.map(({ text }) => text) : [];
  }

  send(text: string): Promise<Answer<unknown>> {
    return this.session.sendMessage(nextCall(), BOB, { id: text as MessageId, text });
  }

  heard(name: string, namespace: string = NS_CLIENT): Element[] {
    return this.server.heard.filter((frame) => frame.name === name && frame.namespace === namespace);
  }

  async turn(): Promise<void> {
    this.clock.advance(10);
    await settled();
  }

  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      if (await isSo()) return;
      await this.turn();
    }
    throw new Error(`still not so; ${this.errors.join(', ')}`);
  }

  async pass<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    void work.then(
      () => (isDone = true),
      () => (isDone = true),
    );
    await this.until(() => isDone);
    return work;
  }

  /** The engine has taken us in; everything that it may say has been said. */
  async untilBound(server: ScriptedServer = this.server): Promise<void> {
    await this.until(() => server.sessions.size > 0);
    for (let turn = 0; turn < 20; turn++) await this.turn();
  }

  async isSignedOut(): Promise<void> {
    const { sign, connection, account } = await this.situation();
    deepEqual({ sign, stage: connection.stage, account }, { sign: 'signed-out', stage: 'idle', account: undefined });
    equal(this.server.wires.every((wire) => wire.isClosed), true); // oxfmt-ignore
  }
}

const written = (text: string): Element =>
  element('message', NS_CLIENT, { from: `${BOB}/home`, to: ANN, type: 'chat', id: `id-${text}` }, [element('body', NS_CLIENT, {}, [text])]);

describe('signing in while the store is being opened', () => {
  it('hears what the engine said meanwhile in its order, and acknowledges nothing before', async () => {
    const visit = await Visit.whileOpening();
    const answer = visit.signIn();
    await visit.untilBound();
    for (const text of ['one', 'two', 'three']) visit.server.session.send(written(text));
    visit.server.session.requestAcknowledgement();
    for (let turn = 0; turn < 20; turn++) await visit.turn();
    equal((await visit.situation()).sign, 'signing-in');
    equal(visit.heard('a', NS_SM).length, 0);
    visit.disk.release();
    ok((await visit.pass(answer)).ok);
    await visit.until(async () => (await visit.thread()).length === 3);
    deepEqual(await visit.thread(), ['one', 'two', 'three']);
    equal((await visit.situation()).sign, 'signed-in');
    deepEqual(visit.errors, []);
    await visit.pass(visit.core.close());
  });

  it('sends nothing that is not stored', async () => {
    const visit = await Visit.whileOpening();
    const answer = visit.signIn();
    await visit.untilBound();
    deepEqual(await visit.pass(visit.send('too early')), { ok: false, failure: { kind: 'not-signed-in' } });
    deepEqual(visit.heard('message'), []);
    visit.disk.release();
    await visit.pass(answer);
    ok((await visit.pass(visit.send('now'))).ok);
    await visit.until(() => visit.heard('message').length > 0);
    deepEqual(visit.heard('message').map(({ attributes }) => attributes['id']), ['now']); // oxfmt-ignore
    await visit.pass(visit.core.close());
  });

  it('leaves nothing behind where the password is wrong', async () => {
    const visit = await Visit.whileOpening();
    const answer = visit.signIn(ANN, 'wrong');
    await visit.until(() => visit.heard('auth', 'urn:ietf:params:xml:ns:xmpp-sasl').length > 0);
    visit.disk.release();
    deepEqual(await visit.pass(answer), { ok: false, failure: { kind: 'wrong-credentials' } });
    deepEqual([...visit.disk.kept.keys()], []);
    equal((await visit.situation()).sign, 'signed-out');
    await visit.pass(visit.core.close());
  });

  it('is followed by a sign-out that was asked for meanwhile', async () => {
    const visit = await Visit.whileOpening();
    const [answer, out] = [visit.signIn(), visit.session.signOut(nextCall())];
    await visit.untilBound();
    visit.disk.release();
    ok((await visit.pass(answer)).ok);
    ok((await visit.pass(out)).ok);
    await visit.isSignedOut();
    deepEqual([...visit.disk.kept.keys()], []);
    deepEqual(visit.errors, []);
    await visit.pass(visit.core.close());
  });

  it('is followed by another sign-in that was asked for meanwhile', async () => {
    const visit = await Visit.whileOpening();
    const [first, second] = [visit.signIn(), visit.signIn(EVE)];
    await visit.untilBound();
    equal(visit.other.wires.length, 0, 'one account at a time');
    visit.disk.release();
    ok((await visit.pass(first)).ok);
    const answer = await visit.pass(second);
    equal(answer.ok && answer.value.address, EVE);
    equal((await visit.situation()).account?.address, EVE);
    equal(visit.server.wires.every((wire) => wire.isClosed), true); // oxfmt-ignore
    deepEqual(visit.errors, []);
    await visit.pass(visit.core.close());
  });

  it('is remembered once it is answered', async () => {
    const visit = await Visit.whileOpening();
    const answer = visit.signIn();
    visit.disk.release();
    await visit.pass(answer);
    await visit.pass(visit.core.close());
    const next = new Visit(visit.disk);
    await next.until(async () => (await next.situation()).sign === 'signed-in');
    equal((await next.situation()).account?.address, ANN);
    await next.pass(next.core.close());
  });
});

describe('a store that does not open', () => {
  /** Somebody was here before, and signed in elsewhere since: the account is kept, nobody is signed in. */
  async function visited(): Promise<[SlowDisk, IDBFactory]> {
    const visit = await Visit.whileOpening();
    visit.disk.release();
    await visit.pass(visit.signIn());
    ok((await visit.pass(visit.send('kept'))).ok);
    await visit.pass(visit.core.close());
    const databases = visit.disk.kept.get(registryName(IDENTITY));
    ok(databases);
    await clearRaw(databases, registryName(IDENTITY), 'accounts');
    return [visit.disk, databases];
  }
  const name = accountName({ ...IDENTITY, address: ANN });
  const moveOn = async (databases: IDBFactory): Promise<void> => (await openRaw(databases, name, DATABASE_VERSION + 10)).close();

  it('because a newer core moved it on ends the sign-in, whatever the engine says, and stays as it is', async () => {
    const [disk, databases] = await visited();
    await moveOn(databases);
    const visit = await Visit.whileOpening(disk);
    const answer = visit.signIn();
    await visit.untilBound();
    visit.disk.release();
    deepEqual(await visit.pass(answer), { ok: false, failure: { kind: 'reload-needed', older: 'core' } });
    await visit.isSignedOut();
    ok((await databases.databases()).some((one) => one.name === name && one.version === DATABASE_VERSION + 10));
    await visit.pass(visit.core.close());
  });

  it('is told without waiting for an engine that does not answer', async () => {
    const [disk, databases] = await visited();
    await moveOn(databases);
    const visit = await Visit.whileOpening(disk);
    visit.server.isFlowing = false;
    const answer = visit.signIn();
    visit.disk.release();
    deepEqual(await visit.pass(answer), { ok: false, failure: { kind: 'reload-needed', older: 'core' } });
    await visit.isSignedOut();
    await visit.pass(visit.core.close());
  });

  it('because its key is gone begins anew, and the person is told', async () => {
    const [disk, databases] = await visited();
    await clearRaw(databases, name, 'keys');
    const visit = await Visit.whileOpening(disk);
    const answer = visit.signIn();
    await visit.untilBound();
    visit.disk.release();
    ok((await visit.pass(answer)).ok);
    deepEqual((await visit.situation()).notices.map(({ kind }) => kind), ['history-refetched']); // oxfmt-ignore
    await visit.pass(visit.core.close());
  });

  it('because the browser forbids it leaves a session in memory, and the person is told', async () => {
    const visit = await Visit.whileOpening();
    visit.disk.open = () => Promise.resolve({ indexedDB: forbidding });
    const answer = visit.signIn();
    await visit.untilBound();
    visit.disk.release();
    ok((await visit.pass(answer)).ok);
    const { storage, notices } = await visit.situation();
    deepEqual([storage, notices.map(({ kind }) => kind)], ['memory', ['storage-memory-only']]);
    await visit.pass(visit.core.close());
  });
});

const forbidding = {
  open: () => {
    throw new DOMException('no', 'SecurityError');
  },
  databases: async () => [],
} as unknown as IDBFactory;
