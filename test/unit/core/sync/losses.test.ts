// A disk that lost something: the gap is shown, the person is told, and the archive fills it again. Nothing is taken for known that is gone.
import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import type { Address } from '../../../../src/model/account.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { Notice } from '../../../../src/model/situation.ts';
import type { OpenedStore } from '../../../../src/core/ports.ts';
import { accountName } from '../../../../src/core/storage/names.ts';
import { Losses } from '../../../../src/core/sync/losses.ts';
import { NS_CLIENT } from '../../../../src/xmpp/namespaces.ts';
import { element } from '../../../../src/xmpp/xml.ts';
import { busyStore } from '../../../kit/busy-store.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { ModelEngine } from '../../../kit/model-engine.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { flipped, putRaw, rawRows } from '../../../storage/raw.ts';
import { freshNames, makeWorld, openFor, type TestWorld } from '../../../storage/world.ts';

const ANN = 'ann@app1.test/one';
const BEN = 'ben@app1.test' as ConversationId;
const COUNT = 320;

describe('what the disk lost', () => {
  let clock: FakeClock;
  let engine: ModelEngine;
  let world: TestWorld;
  let names: ReturnType<typeof freshNames>;
  let name: string;
  let device: MessageDevice;
  let store: OpenedStore;
  let isBusy: () => boolean;
  let losses: Losses;
  let notices: Notice[];
  let isAllLost: boolean;

  beforeEach(async () => {
    clock = fakeClock();
    engine = new ModelEngine(() => clock.now());
    world = makeWorld(new IDBFactory());
    names = freshNames();
    name = accountName(names);
    for (let at = 0; at < COUNT; at++) {
      engine.write(`${BEN}/x`, 'ann@app1.test' as Address, message(`number ${at}`));
      clock.advance(1_000);
    }
    await begin();
    await live();
    assert.deepEqual(await texts(), all());
    await end();
  });

  async function begin(): Promise<void> {
    [notices, isAllLost] = [[], false];
    ({ store, isBusy } = busyStore(await openFor(world, names)));
    device = await messageDevice(engine, clock, ANN, store);
    const { book, journal, sync, line } = device;
    const log = { error: assert.fail, info: () => undefined, debug: () => undefined };
    const needs = { store, book, journal, log, now: () => clock.now(), isOnline: () => line.isUp };
    losses = new Losses({ ...needs, notice: (one) => notices.push(one), everythingLost: () => (isAllLost = true) }, sync);
  }

  async function end(): Promise<void> {
    await moving(device.journal.flush());
    device.line.lose();
    device.sync.stop();
    device.journal.close();
    await store.close();
  }

  async function live(): Promise<void> {
    device.open();
    losses.onOnline();
    await untilQuiet();
  }

  async function untilQuiet(): Promise<void> {
    for (let quiet = 0; quiet < 40; quiet++) {
      if (!device.line.isQuiet() || !device.journal.isClean() || isBusy()) quiet = 0;
      device.line.take();
      device.line.pass();
      device.line.acknowledge();
      // While the disk is at work nobody else's time goes on.
      if (!isBusy()) clock.advance(60);
      await settled();
    }
  }

  /** Sealing takes real work beside the fake time. */
  async function moving<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    while (!isDone) {
      clock.advance(60);
      await settled();
    }
    return done;
  }

  async function spoil(which: (count: number) => number[]): Promise<void> {
    const rows = await rawRows(world.databases, name, 'blocks');
    const chosen = which(rows.length).flatMap((at) => rows.at(at) ?? []);
    await putRaw(
      world.databases,
      name,
      'blocks',
      chosen.map(({ key, value }) => ({ key, value: flipped(value) })),
    );
  }

  const texts = async (): Promise<string[]> => (await store.readBelow(BEN, Infinity, 1_000)).map(({ text }) => text);
  const gaps = (): readonly { id: string; below: number }[] => device.book.get(BEN)?.gaps ?? [];

  async function discover(): Promise<number> {
    const left = (await store.readBelow(BEN, Infinity, 1_000)).length;
    losses.look();
    await moving(losses.settled());
    return left;
  }

  it('in the middle becomes a gap that is filled when somebody looks there', async () => {
    await spoil(() => [1]);
    await begin();
    assert.ok((await discover()) < COUNT);
    const [gap] = gaps();
    assert.ok(gap?.id.startsWith('lost-'));
    assert.deepEqual(
      notices.map(({ kind }) => kind),
      ['history-refetched'],
    );
    await live();
    for (let left = 5; left > 0 && gaps().length > 0; left--) {
      void device.sync.filler.fill(BEN, gap?.id ?? '');
      await untilQuiet();
    }
    assert.deepEqual([gaps(), await texts()], [[], all()]);
    await end();
  });

  it('at the newest end is asked for as soon as there is a stream', async () => {
    await spoil((count) => [count - 1]);
    await begin();
    assert.ok((await discover()) < COUNT);
    await live();
    assert.deepEqual(await texts(), all());
    assert.deepEqual(gaps(), []);
    await end();
  });

  it('at the beginning: the conversation is no longer called whole', async () => {
    await spoil(() => [0]);
    await begin();
    await discover();
    assert.equal(device.book.get(BEN)?.complete, false);
    assert.equal(device.sync.isWhole(BEN), false);
    await live();
    for (let left = 5; left > 0 && !device.book.get(BEN)?.complete; left--) {
      device.sync.lookingBack.reach(BEN, (await store.readAbove(BEN, -Infinity, 1))[0]);
      for (const { id } of gaps()) void device.sync.filler.fill(BEN, id);
      await untilQuiet();
    }
    assert.deepEqual(await texts(), all());
    await end();
  });

  it('is not forgotten by a commit that did not know of it yet', async () => {
    await spoil(() => [1]);
    await begin();
    await store.readBelow(BEN, Infinity, 1_000);
    await store.commit({ conversations: [{ ...device.book.get(BEN)!, muted: true }] });
    const stored = (await store.conversations()).find(({ id }) => id === BEN);
    assert.deepEqual([stored?.muted, stored?.gaps.length], [true, 1]);
    losses.look();
    await moving(losses.settled());
    await moving(device.journal.flush());
    device.book.change(BEN, { gaps: [] });
    await moving(device.journal.flush());
    assert.deepEqual((await store.conversations()).find(({ id }) => id === BEN)?.gaps, []);
    await end();
  });

  it('a conversation whose record went is fetched again from the archive', async () => {
    const rows = await rawRows(world.databases, name, 'conversations');
    await putRaw(
      world.databases,
      name,
      'conversations',
      rows.map(({ key, value }) => ({ key, value: flipped(value) })),
    );
    await begin();
    losses.look();
    await moving(losses.settled());
    assert.equal(device.book.get(BEN), undefined);
    await live();
    assert.deepEqual(await texts(), all());
    await end();
  });

  it('all of it: what is in memory is written again, the archive asked for the rest', async () => {
    await begin();
    const known = [{ what: 'everything', why: 'unreadable' } as const];
    store.losses = () => known;
    losses.look();
    await moving(losses.settled());
    assert.equal(isAllLost, true);
    assert.equal(gaps().length, 1);
    assert.deepEqual(device.sync.position.fact.holes, []);
    assert.equal(device.sync.position.fact.reached, undefined);
    await end();
  });
});

const all = (): string[] => Array.from({ length: COUNT }, (_, at) => `number ${at}`);
const message = (text: string): ReturnType<typeof element> =>
  element('message', NS_CLIENT, { type: 'chat', id: text }, [element('body', NS_CLIENT, {}, [text])]);
