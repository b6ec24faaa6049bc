// What every store promises, whatever it is made of. One suite: memory, fake databases in Node, three browsers.
import * as fc from 'fast-check';
import type { MessageId } from '../../src/model/message.ts';
import type { OpenedStore, StoredMessage } from '../../src/core/ports.ts';
import { equal, ok } from './assert.ts';
import { fileContract } from './file-suite.ts';
import { HALL, LIN, conversationRecord, outboxRecord, storedMessage, storedMessages } from './messages.ts';

export type Test = (title: string, work: () => Promise<void>) => void;

/** A store that can be left and found again, where it survives that. */
export interface Subject {
  open(): Promise<OpenedStore>;
  /** Closes it and opens it again; a store in memory is handed back as it is. */
  reopen(store: OpenedStore): Promise<OpenedStore>;
}

export function storeContract(test: Test, subject: () => Subject, runs: number): void {
  fileContract(test, subject);

  test('the newest, the page below and the page above come back in order', async () => {
    const store = await subject().open();
    const all = storedMessages(0, 330);
    for (let from = 0; from < 330; from += 33) ok((await store.commit({ messages: all.slice(from, from + 33) })).ok, 'committed');
    equal(await store.readBelow(HALL, Infinity, 50), all.slice(280));
    equal(await store.readBelow(HALL, all[100]!.order, 40), all.slice(60, 100));
    equal(await store.readAbove(HALL, all[100]!.order, 40), all.slice(101, 141));
    equal(await store.readAbove(HALL, -Infinity, 3), all.slice(0, 3));
    equal(await store.readBelow(HALL, all[3]!.order + 1, 50), all.slice(0, 4));
    equal(await store.readBelow(HALL, all[0]!.order, 50), []);
    equal(await store.readAbove(HALL, all[329]!.order, 50), []);
    equal(await store.readBelow(HALL, Infinity, 0), []);
    await store.close();
  });

  test('a page of a gap finds its place between what is stored', async () => {
    const it = subject();
    const store = await it.open();
    const all = storedMessages(0, 400);
    await store.commit({ messages: [...all.slice(0, 100), ...all.slice(300)] });
    while (await store.compact());
    await store.commit({ messages: all.slice(200, 300) });
    await store.commit({ messages: all.slice(100, 200) });
    const again = await it.reopen(store);
    equal(await again.readAbove(HALL, -Infinity, 1000), all);
    await again.close();
  });

  test('a changed message changes alone, and one that is not stored is not added', async () => {
    const store = await subject().open();
    const all = storedMessages(0, 120);
    await store.commit({ messages: all });
    const edited: StoredMessage = { ...all[60]!, text: 'said better', content: 'unreadable', mentionsMe: true };
    await store.commit({ changed: [edited, { ...all[60]!, order: all[60]!.order + 1 }, storedMessage(5000)] });
    equal(await store.readAbove(HALL, -Infinity, 1000), [...all.slice(0, 60), edited, ...all.slice(61)]);
    await store.close();
  });

  test('new and changed messages of several conversations go in one commit', async () => {
    const it = subject();
    const store = await it.open();
    const hall = storedMessages(0, 20);
    const lin = storedMessages(0, 20, { conversation: LIN });
    await store.commit({ messages: [...hall.slice(0, 10), ...lin.slice(0, 10)] });
    await store.commit({
      messages: [...lin.slice(10), ...hall.slice(10)],
      changed: [
        { ...hall[3]!, text: 'x' },
        { ...lin[9]!, text: 'y' },
      ],
    });
    const again = await it.reopen(store);
    equal(
      (await again.readBelow(HALL, Infinity, 99)).map(({ text }) => text),
      [...hall.slice(0, 3).map(({ text }) => text), 'x', ...hall.slice(4).map(({ text }) => text)],
    );
    equal(
      (await again.readBelow(LIN, Infinity, 99)).map(({ conversation }) => conversation),
      lin.map(() => LIN),
    );
    await again.close();
  });

  test('conversations, the outbox and facts survive as they were given', async () => {
    const it = subject();
    const store = await it.open();
    const record = conversationRecord({ draft: '在吗 "\u2028', gaps: [{ id: 'g', below: 5 }], preview: { text: 'hi', own: false } });
    const waiting = [outboxRecord(3), outboxRecord(1), outboxRecord(2, { stage: 'failed', failure: { kind: 'offline' } })];
    const kept = {
      device: 'd',
      services: ['wss://a.example'],
      scram: [{ clientKey: new Uint8Array([0, 255, 7]) }],
      $bytes: { $number: '+' },
    };
    await store.commit(
      {
        conversations: [record, conversationRecord({ id: LIN })],
        outbox: waiting,
        facts: { 'kept-login': kept, 'open-conversation': HALL },
      },
      'strict',
    );
    await store.commit({
      settled: [waiting[1]!.id, 'never-there' as MessageId],
      conversations: [{ ...record, unread: 4 }],
      facts: { 'open-conversation': undefined },
    });
    const again = await it.reopen(store);
    equal(
      (await again.conversations()).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      [{ ...record, unread: 4 }, conversationRecord({ id: LIN })],
    );
    equal(await again.outbox(), [waiting[2], waiting[0]]);
    equal(await again.fact('kept-login'), kept);
    equal(await again.fact('open-conversation'), undefined);
    equal(await again.fact('roster'), undefined);
    await again.close();
  });

  test('keys survive as they were given, change, and go', async () => {
    const it = subject();
    const store = await it.open();
    const state = { root: new Uint8Array([0, 255, 7]), receiving: [{ next: 3, from: -Infinity }], label: undefined };
    await store.commit(
      {
        keys: [
          { name: 'session lin 7', value: state },
          { name: 'own', value: 1 },
          { name: 'gone', value: 'x' },
        ],
      },
      'strict',
    );
    await store.commit({
      messages: [storedMessage(1)],
      keys: [
        { name: 'own', value: 2 },
        { name: 'gone', value: undefined },
      ],
    });
    const again = await it.reopen(store);
    const { label: _absent, ...kept } = state;
    equal(await again.keys('session lin 7'), kept);
    equal([await again.keys('own'), await again.keys('gone'), await again.keys('never')], [2, undefined, undefined]);
    await again.close();
  });

  test('whoever reads may change what they got without changing the store', async () => {
    const store = await subject().open();
    await store.commit({ messages: [storedMessage(1)], conversations: [conversationRecord()] });
    for (const message of await store.readBelow(HALL, Infinity, 1)) message.text = 'mine';
    for (const record of await store.conversations()) record.title = 'mine';
    equal(await store.readBelow(HALL, Infinity, 1), [storedMessage(1)]);
    equal(await store.conversations(), [conversationRecord()]);
    await store.close();
  });

  test('commits that are asked for at once are all kept', async () => {
    const store = await subject().open();
    const all = storedMessages(0, 60);
    const answers = await Promise.all(all.map((message) => store.commit({ messages: [message] })));
    ok(
      answers.every(({ ok }) => ok),
      'all committed',
    );
    equal(await store.readBelow(HALL, Infinity, 100), all);
    await store.close();
  });

  test('an unusual message comes back whole', async () => {
    const it = subject();
    const store = await it.open();
    const odd = [
      storedMessage(1, { text: '', authorName: '', archiveId: '0012', order: -5 }),
      storedMessage(2, { text: '\u0000\ufeff😀'.repeat(3000), archiveId: 'ABCDEF00-0000-4000-8000-000000000000', order: 0 }),
      storedMessage(3, { archiveId: '9007199254740993', sentAt: -1, order: Number.MAX_SAFE_INTEGER }),
    ].map(({ originId: _originId, ...message }) => message);
    await store.commit({ messages: odd });
    const again = await it.reopen(store);
    equal(await again.readAbove(HALL, -Infinity, 9), odd);
    await again.close();
  });

  test('whatever is written in whatever order, a plain array would answer the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => playSteps(subject(), steps)),
      { numRuns: runs, seed: 20261121 },
    );
  });
}

type Step =
  | { act: 'append' | 'insert'; count: number; at: number }
  | { act: 'change' | 'below' | 'above'; at: number; count: number }
  | { act: 'compact' }
  | { act: 'reopen' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ act: fc.constantFrom('append' as const, 'insert' as const), count: fc.integer({ min: 1, max: 130 }), at: fc.nat(999) }),
  fc.record({
    act: fc.constantFrom('change' as const, 'below' as const, 'above' as const),
    at: fc.nat(999),
    count: fc.integer({ min: 1, max: 60 }),
  }),
  fc.record({ act: fc.constant('compact' as const) }),
  fc.record({ act: fc.constant('reopen' as const) }),
);

async function playSteps(subject: Subject, steps: readonly Step[]): Promise<void> {
  let store = await subject.open();
  let model: StoredMessage[] = [];
  for (const [turn, given] of steps.entries()) {
    if (given.act === 'compact') while (await store.compact());
    else if (given.act === 'reopen') store = await subject.reopen(store);
    else model = await playStep(store, model, given, turn);
  }
  equal(await store.readAbove(HALL, -Infinity, 1e6), model, 'the whole thread');
  await store.close();
}

async function playStep(
  store: OpenedStore,
  model: StoredMessage[],
  given: Exclude<Step, { act: 'compact' } | { act: 'reopen' }>,
  turn: number,
): Promise<StoredMessage[]> {
  const place = model[given.at % Math.max(1, model.length)]?.order ?? 0;
  if (given.act === 'below') {
    const below = model.filter(({ order }) => order < place);
    equal(await store.readBelow(HALL, place, given.count), below.slice(Math.max(0, below.length - given.count)), 'below');
  } else if (given.act === 'above') {
    equal(await store.readAbove(HALL, place, given.count), model.filter(({ order }) => order > place).slice(0, given.count), 'above');
  } else if (given.act === 'change') {
    const changed = model
      .filter((_, at) => at % 7 === given.at % 7)
      .slice(0, given.count)
      .map((message) => ({ ...message, text: `edit ${turn}` }));
    await store.commit({ changed });
    return model.map((message) => changed.find(({ order }) => order === message.order) ?? message);
  } else {
    const start = given.act === 'append' ? (model.at(-1)?.order ?? 0) + 1000 : place + 1;
    const taken = new Set(model.map(({ order }) => order));
    const stride = given.act === 'append' ? 1000 : 1 + (given.at % 40);
    const messages = Array.from({ length: given.count }, (_, at) => storedMessage(turn * 1000 + at, { order: start + at * stride })).filter(
      ({ order }) => !taken.has(order),
    );
    await store.commit({ messages });
    return [...model, ...messages].toSorted((a, b) => a.order - b.order);
  }
  return model;
}
