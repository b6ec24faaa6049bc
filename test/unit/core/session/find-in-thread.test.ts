// Finding words and days in what is stored of a conversation.
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { GapId, ThreadFindings } from '../../../../src/contracts/session.ts';
import type { StoredMessage } from '../../../../src/core/ports.ts';
import type { AccountSession } from '../../../../src/core/session/account-session.ts';
import { findInThread } from '../../../../src/core/session/find-in-thread.ts';
import { placeOfTime } from '../../../../src/core/sync/place-of-time.ts';
import { fillGap } from '../../../../src/core/session/thread-calls.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { messageDevice, type MessageDevice } from '../../../kit/message-device.ts';
import { ModelEngine } from '../../../kit/model-engine.ts';
import { settled } from '../../../kit/scripted-connection.ts';

const BEN = 'ben@app1.test' as ConversationId;
const HOUR = 3_600_000;

let clock: FakeClock;
let device: MessageDevice;
let session: AccountSession;

beforeEach(async () => {
  clock = fakeClock();
  device = await messageDevice(new ModelEngine(() => clock.now()), clock, 'ann@app1.test/one');
  const { book, store, sync, line } = device;
  session = { book, store, messages: sync, clock, connection: line, lookForLosses: () => undefined } as unknown as AccountSession;
});

async function store(...messages: readonly (Partial<StoredMessage> & { order: number; text: string })[]): Promise<void> {
  const stored = messages.map((message) => ({ ...plain, id: `m${message.order}` as MessageId, sentAt: message.order * HOUR, ...message }));
  await device.store.commit({ messages: stored });
  device.book.change(BEN, { top: stored.at(-1)?.order ?? 0, complete: true });
}

async function step(words: string, below = Infinity, above = -Infinity): Promise<ThreadFindings> {
  const answer = await findInThread(session, { conversation: BEN, words, below, above });
  assert.ok(answer.ok);
  return answer.value;
}

/** Step after step, as a tab would: the places found, and how many steps it took. */
async function search(words: string): Promise<{ places: number[]; steps: number }> {
  const places: number[] = [];
  let below: number | undefined = Infinity;
  let steps = 0;
  for (; below !== undefined; steps++) {
    const { found, next }: ThreadFindings = await step(words, below);
    places.push(...found.map(({ order }) => order));
    below = next;
  }
  return { places, steps };
}

describe('finding words', () => {
  it('needs no borders between words, and minds neither case, width nor accents', async () => {
    await store(
      { order: 1, text: '请把报价单发给我' },
      { order: 2, text: 'The ＱＵＯＴＥ, please' },
      { order: 3, text: 'une quoté' },
      { order: 4, text: 'nothing' },
    );
    assert.deepEqual((await search('报价')).places, [1]);
    assert.deepEqual((await search(' quote ')).places, [3, 2]);
    assert.deepEqual((await search('')).places, []);
    assert.deepEqual((await search('价报')).places, []);
  });

  it('goes from the newest down, a page at a time, and leaves none out', async () => {
    await store(...Array.from({ length: 1_000 }, (_, at) => ({ order: at + 1, text: at % 7 === 0 ? 'seven' : 'other' })));
    const { places, steps } = await search('SEVEN');
    assert.deepEqual(
      places,
      Array.from({ length: 143 }, (_, at) => 995 - at * 7),
    );
    assert.equal(steps, 11);
  });

  it('gives way when its time is over, and goes on where it stopped', async () => {
    await store(...Array.from({ length: 50 }, (_, at) => ({ order: at + 1, text: 'slow' })));
    session = { ...session, clock: { now: () => clock.advance(1) ?? clock.now() } } as unknown as AccountSession;
    const { places, steps } = await search('slow');
    assert.deepEqual(
      places,
      Array.from({ length: 50 }, (_, at) => 50 - at),
    );
    assert.ok(steps > 5, `${steps} steps`);
  });

  it('stays between two places', async () => {
    await store(...[1, 2, 3, 4, 5].map((order) => ({ order, text: 'word' })));
    const { found, next } = await step('word', 5, 2);
    assert.deepEqual([found.map(({ order }) => order), next], [[4, 3], undefined]);
  });

  it('finds nothing that is not shown in the thread', async () => {
    await store(
      { order: 1, text: 'word', withdrawn: true },
      { order: 2, text: 'word', content: 'unreadable' },
      { order: 3, text: 'word', id: 'came-back' as MessageId },
      { order: 4, text: 'word' },
    );
    await device.write(BEN, 'came-back', 'word');
    assert.deepEqual((await search('word')).places, [4]);
  });

  it('knows nothing of conversations that are not there', async () => {
    const conversation = 'nobody@app1.test' as ConversationId;
    assert.deepEqual(await findInThread(session, { conversation, words: 'word', below: Infinity, above: -Infinity }), {
      ok: false,
      failure: { kind: 'not-found' },
    });
  });
});

describe('what was not looked through', () => {
  it('is told: each gap, and the beginning where it was never fetched', async () => {
    await store({ order: 1, text: 'word' }, { order: 2, text: 'word' });
    assert.deepEqual((await step('word')).gaps, []);
    device.book.change(BEN, { complete: false, gaps: [{ id: 'hole', below: 2 }] });
    assert.deepEqual((await step('word')).gaps, [
      { id: 'hole', below: 2, state: 'open' },
      { id: 'beginning', below: 1, state: 'open' },
    ]);
  });

  it('is fetched when somebody asks for the beginning', async () => {
    await store({ order: 1, text: 'word', archiveId: 'a1' });
    device.book.change(BEN, { complete: false });
    device.line.isUp = true;
    const filled = fillGap(session, BEN, 'beginning' as GapId);
    await settled();
    assert.deepEqual(device.book.get(BEN)?.gaps, [{ id: 'beginning', below: 1, beforeArchiveId: 'a1' }]);
    device.line.lose();
    device.line.giveUpLost();
    assert.deepEqual(await filled, { ok: false, failure: { kind: 'no-answer' } });
  });
});

describe('the place of a time', () => {
  const placeOf = (sentAt: number): Promise<number> => {
    const record = device.book.get(BEN);
    assert.ok(record);
    return placeOfTime(device.store, record, sentAt);
  };

  it('is that of the first message then or later, across holes of any size', async () => {
    const orders = [1, 2, 3, 2 ** 32, 2 ** 32 + 1, 2 ** 33 + 9];
    await store(...orders.map((order, at) => ({ order, text: 'word', sentAt: (at + 1) * HOUR })));
    for (const [at, order] of orders.entries()) {
      assert.equal(await placeOf((at + 1) * HOUR), order);
      assert.equal(await placeOf((at + 1) * HOUR - 1), order);
    }
    assert.equal(await placeOf(0), 1);
    assert.equal(await placeOf(7 * HOUR), Infinity);
  });

  it('is nowhere where nothing is', async () => {
    await store();
    assert.equal(await placeOf(0), Infinity);
  });
});

const plain: Omit<StoredMessage, 'id' | 'order' | 'text'> = {
  conversation: BEN,
  author: BEN as string as StoredMessage['author'],
  authorName: 'Ben',
  own: false,
  sentAt: 0,
  timeCertain: true,
  mentionsMe: false,
  content: 'text',
};
