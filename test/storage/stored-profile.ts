// A real stored profile of two conversations, and what a person may be shown of it after whatever befell it.
import type { Account, Address } from '../../src/model/account.ts';
import type { Message } from '../../src/model/message.ts';
import type { ConversationRecord, KeptKeys, OpenedStore, OutboxRecord, StoredMessage } from '../../src/core/ports.ts';
import { readFirstPage } from '../../src/core/storage/first-page.ts';
import { accountName, registryName, type StoreNames } from '../../src/core/storage/names.ts';
import { openStore } from '../../src/core/storage/open-store.ts';
import { rememberAccount } from '../../src/core/storage/registry.ts';
import { equal, ok, show } from './assert.ts';
import { HALL, LIN, conversationRecord, outboxRecord, storedMessages } from './messages.ts';
import { copyRaw, type RawDatabase } from './raw.ts';
import { freshNames, makeWorld, openFor, type TestWorld } from './world.ts';

export const MEI: Account = { address: 'mei@chat.example' as Address, name: 'Mei', services: ['wss://chat.example/ws'] };
const BLOCK = 20;
/** Messages of the hall; the other conversation has half as many. */
const COUNT = 120;

export interface StoredProfile {
  readonly world: TestWorld;
  readonly names: StoreNames;
  /** Of its databases. */
  readonly account: string;
  readonly registry: string;
  /** The account's database before the last messages came. */
  readonly older: RawDatabase;
}

/** Some of its blocks are folded, the newest are fresh. */
export async function storeProfile(databases: IDBFactory): Promise<StoredProfile> {
  const world = makeWorld(databases);
  const names = freshNames(MEI.address);
  const store = await openFor(world, names);
  await rememberAccount(world, names, MEI);
  await store.commit({ conversations: RECORDS, facts: { roster: ['lin'], 'open-conversation': HALL }, keys: KEPT });
  for (const { id } of RECORDS) {
    const all = MESSAGES.filter(({ conversation }) => conversation === id);
    for (let from = 0; from < all.length; from += BLOCK) await store.commit({ messages: all.slice(from, from + BLOCK) });
  }
  await store.compact();
  const account = accountName(names);
  const older = await copyRaw(databases, account);
  await store.commit({ messages: NEWEST, outbox: OUTBOX }, 'strict');
  await store.close();
  return { world, names, account, registry: registryName(names), older };
}

const MESSAGES: readonly StoredMessage[] = [...storedMessages(1, COUNT), ...storedMessages(1, COUNT / 2, { conversation: LIN })];
const NEWEST: readonly StoredMessage[] = storedMessages(COUNT, COUNT + 5);
const OUTBOX: readonly OutboxRecord[] = [outboxRecord(1), outboxRecord(2)];
const KEPT: readonly KeptKeys[] = ['own', 'session lin 1', 'session lin 2'].map((name) => ({ name, value: { of: name } }));
const ALL: readonly StoredMessage[] = [...MESSAGES, ...NEWEST];
const RECORDS: readonly ConversationRecord[] = [
  conversationRecord({ top: NEWEST.at(-1)!.order }),
  conversationRecord({ id: LIN, kind: 'direct', title: 'Lin', top: MESSAGES.at(-1)!.order }),
];

const textsOf = (things: readonly unknown[]): Set<string> => new Set(things.map(show));
const KNOWN = textsOf([...ALL, ...OUTBOX]);

/** The first stage answers in any case: with neighbours that are neighbours, and nothing nobody wrote. */
export async function judgeFirstPage({ world, names }: StoredProfile): Promise<void> {
  const page = await readFirstPage(world.databases, world.subtle, names, { conversation: HALL, count: 50 });
  const shown = page?.open?.page.messages ?? [];
  const all = ALL.filter(({ conversation }) => conversation === HALL);
  const begin = Math.max(
    0,
    all.findIndex(({ order }) => order === shown[0]?.order),
  );
  const textsAt = (messages: readonly Pick<Message, 'order' | 'text'>[]): readonly unknown[] =>
    messages.map(({ order, text }) => [order, text.slice(0, 20)]);
  equal(textsAt(shown), textsAt(all.slice(begin, begin + shown.length)), 'neighbours on the first page');
  ok(!page?.open?.page.atStart || (begin === 0 && shown.length > 0), 'no other message is called the first');
}

/** Opens it, reads all of it, holds it to what was written, and goes on. Answers what the person is told; `undefined` where it is left alone. */
export async function judgeStore(profile: StoredProfile): Promise<readonly string[] | undefined> {
  const answer = await openStore(profile.world, profile.names);
  if (!answer.ok) {
    equal(answer.failure, { kind: 'reload-needed', older: 'core' });
    return undefined;
  }
  const store = answer.value;
  // The core knows the records before it reads a thread, and reads them again where something was lost.
  await store.conversations();
  const messages = [...(await store.readBelow(HALL, Infinity, 1e4)), ...(await store.readBelow(LIN, Infinity, 1e4))];
  const outbox = await store.outbox();
  for (const found of [...messages, ...outbox]) ok(KNOWN.has(show(found)), `somebody wrote ${show(found)}`);
  await Promise.all([store.fact('roster'), store.fact('open-conversation')]);
  const records = await store.conversations();
  // Where the whole disk is of another time everything is asked for again.
  if (!store.rolledBack) for (const record of RECORDS) judgeRecord(record, records, messages);
  const kept = await keysIn(store);
  const told = [...store.losses().map(({ what }) => what), ...(store.rolledBack ? [store.rolledBack] : []), ...stateOf(store)];
  const isWhole = kept && messages.length === ALL.length && outbox.length === OUTBOX.length && records.length === RECORDS.length;
  ok(isWhole || told.length > 0, 'what is missing is told');
  await goOn(store, messages);
  await store.close();
  return told;
}

/** A key that is there is the one that was kept under this name: another's would be worse than none. */
async function keysIn(store: OpenedStore): Promise<boolean> {
  const kept = await Promise.all(KEPT.map(({ name }) => store.keys(name)));
  KEPT.forEach(({ value }, at) => ok(kept[at] === undefined || show(kept[at]) === show(value), 'a key under its own name'));
  return !kept.includes(undefined);
}

const stateOf = (store: OpenedStore): readonly string[] => (store.state() === 'durable' ? [] : [store.state()]);

/** Wherever a message is missing there is a gap, or nothing says that the beginning is one, or the conversation itself is gone. */
function judgeRecord(written: ConversationRecord, records: readonly ConversationRecord[], messages: readonly StoredMessage[]): void {
  const kept = messages.filter(({ conversation }) => conversation === written.id).map(({ order }) => order);
  const record = records.find(({ id }) => id === written.id);
  if (!record) return equal(kept, [], `messages of a lost conversation`);
  equal({ ...record, gaps: [], complete: true }, written, 'a record');
  const all = ALL.filter(({ conversation }) => conversation === written.id).map(({ order }) => order);
  if (kept[0] !== all[0] && record.complete) throw new Error('a beginning that is none');
  const isGap = (above: number, upTo: number): boolean => record.gaps.some(({ below }) => below > above && below <= upTo);
  kept.forEach((order, at) => {
    const next = kept[at + 1] ?? Infinity;
    const isWhole = next === all[all.indexOf(order) + 1] || order === all.at(-1);
    ok(isWhole || isGap(order, next), `a gap between ${order} and ${next}`);
  });
}

/** It takes what the archive gives again where something is missing, and what comes now. */
async function goOn(store: OpenedStore, kept: readonly StoredMessage[]): Promise<void> {
  const known = textsOf(kept);
  const missing = ALL.filter((message) => !known.has(show(message)));
  for (const { id } of RECORDS) {
    const messages = missing.filter(({ conversation }) => conversation === id);
    equal(
      await store.commit({ messages, conversations: RECORDS, outbox: OUTBOX, keys: KEPT }, 'strict'),
      { ok: true, value: undefined },
      'a commit',
    );
  }
  while (await store.compact());
  for (const { id } of RECORDS) {
    const all = ALL.filter(({ conversation }) => conversation === id);
    equal(await store.readBelow(id, Infinity, 1e4), all, 'what came again');
  }
}
