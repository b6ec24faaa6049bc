// In the page: what the store writes, how large it is, and how long it takes, beside raw IndexedDB with rows of the same size.
import type { Batch, OpenedStore } from '../../../src/core/ports.ts';
import { Journal } from '../../../src/core/sync/journal.ts';
import { ConversationBook } from '../../../src/core/sync/book.ts';
import { systemClock } from '../../../src/core/system-clock.ts';
import { accountName } from '../../../src/core/storage/names.ts';
import { openStore } from '../../../src/core/storage/open-store.ts';
import { outboxRecord, storedMessages } from '../../storage/messages.ts';
import { rawRows, sizeOfKey } from '../../storage/raw.ts';
import { control } from './control.ts';
import { measureOpening, type OpeningFacts } from './lock-opening.ts';

export interface StoreWish {
  messages: number;
  rounds: number;
  live: number;
}

export interface StoreFacts {
  fresh: number;
  folded: number;
  readBack: boolean;
  /** Milliseconds, in turns. */
  alone: number[];
  aloneFloor: number[];
  control: number[];
  strict: number[];
  strictFloor: number[];
  grouped: number[];
  opening: OpeningFacts;
  live: { messages: number; transactions: number; tookMs: number; waits: number[] };
}

const GROUP = 50;
const LIVE_EVERY_MS = 3;
const SMALL_ROW = 220;

const silent = { error: console.error, info: () => undefined, debug: () => undefined };
const world = {
  databases: indexedDB,
  subtle: crypto.subtle,
  random: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
  clock: systemClock,
  log: silent,
};

async function openNew(): Promise<{ store: OpenedStore; name: string }> {
  const names = { organisation: crypto.randomUUID(), profile: 'bench', address: 'mei@chat.example' };
  const answer = await openStore(world, names);
  if (!answer.ok) throw new Error(answer.failure.kind);
  return { store: answer.value, name: accountName(names) };
}

async function measureSizes(count: number): Promise<Pick<StoreFacts, 'fresh' | 'folded' | 'readBack'>> {
  const { store, name } = await openNew();
  const all = storedMessages(0, count);
  for (let from = 0; from < count; from += GROUP) await store.commit({ messages: all.slice(from, from + GROUP) });
  const fresh = (await bytesOf(name)) / count;
  while (await store.compact());
  const folded = (await bytesOf(name)) / count;
  const back = await store.readAbove(all[0]!.conversation, -Infinity, count + 1);
  await store.close();
  return {
    fresh,
    folded,
    readBack: JSON.stringify(back.map(({ id, text }) => [id, text])) === JSON.stringify(all.map(({ id, text }) => [id, text])),
  };
}

async function bytesOf(name: string): Promise<number> {
  const rows = await rawRows(indexedDB, name, 'blocks');
  return rows.reduce((sum, { key, value }) => sum + sizeOfKey(key) + (value as Uint8Array).byteLength, 0);
}

async function measureTimes(
  rounds: number,
): Promise<Pick<StoreFacts, 'alone' | 'aloneFloor' | 'control' | 'strict' | 'strictFloor' | 'grouped'>> {
  const { store } = await openNew();
  const raw = await openRawFloor();
  const facts: Pick<StoreFacts, 'alone' | 'aloneFloor' | 'control' | 'strict' | 'strictFloor' | 'grouped'> = {
    alone: [],
    aloneFloor: [],
    control: [],
    strict: [],
    strictFloor: [],
    grouped: [],
  };
  let next = 0;
  const some = (count: number): Batch => ({ messages: storedMessages(next, (next += count)) });
  const trials: Record<keyof typeof facts, () => Promise<unknown>> = {
    alone: () => store.commit(some(1)),
    aloneFloor: () => putRaw(raw, next++, 'relaxed'),
    control: () => putRaw(raw, next++, 'relaxed'),
    strict: () => store.commit({ outbox: [outboxRecord(next++)] }, 'strict'),
    strictFloor: () => putRaw(raw, next++, 'strict'),
    grouped: () => store.commit(some(GROUP)),
  };
  for (let round = 0; round < rounds; round++) {
    for (const name of shuffled(Object.keys(trials) as (keyof typeof facts)[])) {
      const startedAt = performance.now();
      await trials[name]();
      facts[name].push(performance.now() - startedAt);
    }
  }
  await store.close();
  return facts;
}

const shuffled = <T>(list: T[]): T[] =>
  list
    .map((one) => [Math.random(), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);

function openRawFloor(): Promise<IDBDatabase> {
  const request = indexedDB.open(`floor-${crypto.randomUUID()}`, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore('rows'));
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

function putRaw(database: IDBDatabase, key: number, durability: 'strict' | 'relaxed'): Promise<void> {
  const transaction = database.transaction('rows', 'readwrite', { durability });
  transaction.objectStore('rows').put(new Uint8Array(SMALL_ROW), key);
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error));
  });
}

/** Messages that come one by one, as from a lively room: how many transactions, and how long each waits for the disk. */
async function measureLive(count: number): Promise<StoreFacts['live']> {
  let transactions = 0;
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given: Parameters<typeof transaction>) {
    if (given[1] === 'readwrite') transactions += 1;
    return transaction.apply(this, given);
  };
  // Dexie keeps hold of the function when it opens.
  const { store } = await openNew();
  await store.commit({}, 'strict');
  transactions = 0;
  const book = new ConversationBook(() => journal.tell({ about: 'conversations' }));
  const journal: Journal = new Journal({
    store,
    book,
    clock: systemClock,
    changes: { tell: () => undefined },
    log: silent,
    outcome: () => undefined,
  });
  const waits: number[] = [];
  const startedAt = performance.now();
  for (const [at, message] of storedMessages(0, count).entries()) {
    while (performance.now() - startedAt < at * LIVE_EVERY_MS) await new Promise((resolve) => setTimeout(resolve, 1));
    const cameAt = performance.now();
    journal.add([message]);
    journal.afterwards(() => waits.push(performance.now() - cameAt));
  }
  const tookMs = performance.now() - startedAt;
  await journal.flush();
  IDBDatabase.prototype.transaction = transaction;
  journal.close();
  await store.close();
  return { messages: count, transactions, tookMs, waits };
}

const { messages, rounds, live } = (await control.ask('wish')) as StoreWish;
try {
  const facts: StoreFacts = {
    ...(await measureSizes(messages)),
    ...(await measureTimes(rounds)),
    opening: await measureOpening(world, messages, rounds / 4),
    live: await measureLive(live),
  };
  await control.tell('facts', facts);
} catch (defect) {
  await control.tell('facts', { defect: String((defect as Error).stack ?? defect) });
}
