// Own devices, asked for before the encryption is there, and without a line: they are shown, and shown anew once more can be known.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { it } from 'node:test';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { KeysOf } from '../../../../src/contracts/keys.ts';
import type { Session, Topic } from '../../../../src/contracts/session.ts';
import { createCore, type Core } from '../../../../src/core/session/core.ts';
import type { Address } from '../../../../src/model/account.ts';
import type { Answer } from '../../../../src/model/failure.ts';
import { fakeClock } from '../../../kit/fake-clock.ts';
import { nextCall, nodeWorld } from '../../../kit/node-world.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { ScriptedServer } from '../../../kit/scripted-server.ts';

const SERVICE = 'wss://chat.willow.test/ws';
const ANN = 'ann@willow.test' as Address;
const MOST_TURNS = 5_000;

class Visit {
  readonly clock: ReturnType<typeof fakeClock> = fakeClock();
  readonly refusing: Set<string> = new Set();
  readonly server: ScriptedServer = new ScriptedServer({ refusing: this.refusing });
  readonly errors: string[] = [];
  readonly told: Topic[] = [];
  readonly core: Core;
  readonly session: Session;

  constructor() {
    const { openSocket } = this.server;
    const world = { ...nodeWorld({ databases: new IDBFactory(), errors: this.errors }), clock: this.clock, openSocket };
    this.core = createCore(world, { organisation: 'o', profile: '' });
    this.session = this.core.sessionFor('tab');
    this.core.onChanged(({ topics }) => void this.told.push(...topics));
  }

  async signIn(): Promise<void> {
    ok((await this.pass(this.session.signIn(nextCall(), { services: [SERVICE], address: ANN, password: 'pencil' }))).ok);
  }

  readKeys(person: Address): Promise<Answer<KeysOf>> {
    return this.session.readKeys(nextCall(), person);
  }

  areKeysTold(person: Address): boolean {
    return this.told.some((topic) => topic.about === 'keys' && topic.person === person);
  }

  async isOnline(): Promise<boolean> {
    const answer = await this.session.readSituation(nextCall());
    return answer.ok && answer.value.connection.stage === 'online';
  }

  /** Little time, and as many turns as what is loaded takes. */
  async until(isSo: () => boolean | Promise<boolean>, turnMs: number = 1): Promise<void> {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      if (await isSo()) return;
      this.clock.advance(turnMs);
      await settled();
    }
    throw new Error(`still not so; ${this.errors.join(', ')}`);
  }

  async pass<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    void work.finally(() => (isDone = true));
    await this.until(() => isDone);
    return work;
  }
}

it('in the first moment after signing in they are shown', async () => {
  const visit = new Visit();
  await visit.signIn();
  const keys = await visit.pass(visit.readKeys(ANN));
  ok(keys.ok, JSON.stringify(keys));
  deepEqual(
    keys.value.devices.map(({ isThisDevice }) => isThisDevice),
    [true],
  );
  await visit.pass(visit.core.close());
});

it('without a line they are shown as far as they are known, and told of with the next one', async () => {
  const visit = new Visit();
  await visit.signIn();
  await visit.until(() => visit.isOnline());
  visit.refusing.add(SERVICE);
  visit.server.wire.cut();
  await visit.until(async () => !(await visit.isOnline()));
  equal((await visit.pass(visit.readKeys(ANN))).ok, true);
  visit.told.length = 0;
  visit.refusing.clear();
  await visit.until(() => visit.areKeysTold(ANN), 100);
  ok(await visit.isOnline());
  await visit.pass(visit.core.close());
});
