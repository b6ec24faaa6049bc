// Lives of a core that can be locked, on a disk that outlives them.
import { ok } from 'node:assert/strict';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { LockSecret, LockWish } from '../../../../src/contracts/lock.ts';
import type { Session } from '../../../../src/contracts/session.ts';
import type { StorageBuckets } from '../../../../src/core/ports.ts';
import { createCore, type Core } from '../../../../src/core/session/core.ts';
import { readFirstPage } from '../../../../src/core/storage/first-page.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { Answer } from '../../../../src/model/failure.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import type { Situation } from '../../../../src/model/situation.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { nextCall, nodeWorld } from '../../../kit/node-world.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { ScriptedServer } from '../../../kit/scripted-server.ts';
import { fakeBuckets } from '../storage/fake-buckets.ts';

const IDENTITY = { organisation: 'o', profile: '' };
export const ANN = 'ann@willow.test';
export const BOB = 'bob@willow.test' as ConversationId;
const MOST_TURNS = 200_000;
export const SECRET = 'seven green kettles whistle nightly';
export const OTHER = 'another five words stand here';
export const WRONG = { ok: false, failure: { kind: 'wrong-credentials' } };
export const OK = { ok: true, value: undefined };
export const LOCKED = { ok: false, failure: { kind: 'locked' } };

export const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];
export const secretOf = (text: string): LockSecret => ({ by: 'passphrase', bytes: bytesOf(text) });

/** One life of a core on a disk that outlives it. */
export class Life {
  readonly clock: ReturnType<typeof fakeClock> = fakeClock();
  readonly server: ScriptedServer = new ScriptedServer();
  readonly errors: string[] = [];
  readonly buckets: StorageBuckets;
  readonly core: Core;
  readonly session: Session;
  /** Whether everything was locked away, and the core may go. */
  hasEnded = false;
  locked = 0;

  constructor(buckets: StorageBuckets = fakeBuckets()) {
    this.buckets = buckets;
    const openSocket: ScriptedServer['openSocket'] = (url, events) => this.server.openSocket(url, events);
    this.core = createCore({ ...this.#world(), openSocket }, IDENTITY);
    this.core.onLocked((ended) => {
      this.locked += 1;
      void ended.then(() => (this.hasEnded = true));
    });
    this.session = this.core.sessionFor('tab');
  }

  static async signedIn(): Promise<Life> {
    const life = new Life();
    await life.until(async () => (await life.situation()).sign === 'signed-out');
    ok((await life.pass(life.signIn())).ok);
    ok((await life.pass(life.send('one'))).ok);
    return life;
  }

  static async locked(): Promise<Life> {
    const life = await Life.signedIn();
    ok((await life.pass(life.set(SECRET))).ok);
    return life;
  }

  /** What a locked life leaves. */
  static async closed(): Promise<StorageBuckets> {
    const life = await Life.locked();
    await life.pass(life.core.close());
    return life.buckets;
  }

  signIn(address = ANN): Promise<Answer<unknown>> {
    return this.session.signIn(nextCall(), { services: ['wss://chat.willow.test/ws'], address, password: 'pencil' });
  }

  set(secret: string, current?: string): Promise<Answer<void>> {
    const wish: LockWish = { mode: 'passphrase', passphrase: bytesOf(secret), ...(current && { current: secretOf(current) }) };
    return this.session.setLock(nextCall(), wish);
  }

  unlock(secret: string): Promise<Answer<void>> {
    return this.session.unlock(nextCall(), secretOf(secret));
  }

  send(text: string): Promise<Answer<unknown>> {
    return this.session.sendMessage(nextCall(), BOB, { id: text as MessageId, text });
  }

  async situation(): Promise<Situation> {
    const answer = await this.session.readSituation(nextCall());
    ok(answer.ok);
    return answer.value;
  }

  async waiting(): Promise<readonly string[] | 'locked' | 'not-found'> {
    const answer = await this.session.readThread(nextCall(), { conversation: BOB, around: 'newest', before: 50, after: 0 });
    return answer.ok ? [...answer.value.messages, ...answer.value.outbox].map(({ text }) => text) : (answer.failure.kind as 'locked');
  }

  firstPage(): ReturnType<typeof readFirstPage> {
    return readFirstPage(this.#world().databases, crypto.subtle, IDENTITY, { count: 5 }, this.buckets);
  }

  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      if (await isSo()) return;
      this.clock.advance(1);
      await settled();
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

  readonly #databases = new IDBFactory();

  #world(): ReturnType<typeof nodeWorld> {
    return { ...nodeWorld({ databases: this.#databases, errors: this.errors }), clock: this.clock, buckets: this.buckets };
  }
}
