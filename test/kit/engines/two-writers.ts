// Two people who write numbered messages to each other over a real engine, each through a proxy that a test may cut, while it does its worst.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Session, ThreadPage } from '../../../src/contracts/session.ts';
import { createCore, type Core } from '../../../src/core/session/core.ts';
import type { Address } from '../../../src/model/account.ts';
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { Message, MessageId } from '../../../src/model/message.ts';
import { HistoryChecker, numbered } from '../history-checker.ts';
import { nextCall, nodeWorld } from '../node-world.ts';
import { KeyLedger } from '../encryption/key-ledger.ts';
import { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';
import { startEngine, type EngineWish, type TestEngine } from './start-engine.ts';
import { meetAt, ROOM, type Place } from './talk-places.ts';
import { valueOf } from '../peer.ts';

const BETWEEN_MESSAGES_MS = 40;
const SETTLE_MS = 60_000;
/** The archive is compared a second after a resumed stream holds; only then does the order stand. */
const LOOKED_AT_MS = 3_000;
const PEOPLE = ['ann', 'ben'] as const;

export interface Writer {
  name: string;
  core: Core;
  session: Session;
  proxy: CuttingProxy;
  errors: string[];
  address: Address;
  /** Where both write: the other person, or the room. */
  other: ConversationId;
  /** Streams that came back as they were. */
  resumed: number;
  /** Streams that began anew, the first included. */
  begun: number;
}

export interface Talk {
  people: readonly Writer[];
  engine: TestEngine;
  /** Messages that were taken so far. */
  count(): number;
}

/** Who wrote, how much, and how many keys of ratchets sealed it. */
export interface Told {
  people: readonly Writer[];
  count: number;
  keys: KeyLedger['counts'];
}

/** Both write until `strike` is over; then everything must be there, once, in order, on both sides, and no key was used twice. */
export async function talkThrough(
  { place = 'in clear', ...wish }: Omit<EngineWish, 'users' | 'rooms'> & { place?: Place },
  strike: (talk: Talk) => Promise<void>,
): Promise<Told> {
  const contactsOf = (name: string) => PEOPLE.filter((one) => one !== name).map((one) => ({ name: one, displayName: one, groups: [] }));
  const users = PEOPLE.map((name) => ({ name, password: name, contacts: contactsOf(name) }));
  const engine = await startEngine({ ...wish, users, rooms: [ROOM] });
  const ledger = new KeyLedger();
  const people = await Promise.all(PEOPLE.map((name) => signIn(engine, name, place, ledger)));
  try {
    const checker = new HistoryChecker();
    await meetAt(place, people);
    await writeDuring(people, checker, () => strike({ people, engine, count: () => checker.acceptedCount() }));
    await settle(people, checker);
    await wait(LOOKED_AT_MS);
    assert.deepEqual(checker.judge(await Promise.all(people.map((person) => screenOf(person)))), []);
    if (place !== 'in clear') await Promise.all(people.map(assertEncrypted));
    for (const { errors } of people) assert.deepEqual(errors, []);
    assert.deepEqual(ledger.faults, [], 'keys that sealed two messages');
    return { people, count: checker.acceptedCount(), keys: ledger.counts };
  } finally {
    for (const { core, proxy } of people) await Promise.all([core.close(), proxy.stop()]);
    await engine.stop();
  }
}

async function signIn(engine: TestEngine, name: string, place: Place, ledger: KeyLedger): Promise<Writer> {
  const proxy = await startCuttingProxy(engine.port, ledger.note);
  const errors: string[] = [];
  const counts = { resumed: 0, begun: 0 };
  const heard = (frame: string): void => {
    if (frame.startsWith('<resumed')) counts.resumed += 1;
    // Alone, or inside the answer to a sign-in.
    else if (/<enabled[^>]+urn:xmpp:sm:3/.test(frame)) counts.begun += 1;
  };
  const core = createCore(nodeWorld({ databases: new IDBFactory(), errors, heard }), { organisation: 'cuts', profile: name });
  const session = core.sessionFor('tab');
  const services = [engine.ws.replace(`:${engine.port}`, `:${proxy.port}`)];
  const address = `${name}@${engine.domain}` as Address;
  valueOf(await session.signIn(nextCall(), { services, address, password: name }));
  const room = `${ROOM.name}@${engine.conferenceDomain}`;
  const other = (place === 'encrypted room' ? room : `${PEOPLE.find((one) => one !== name)}@${engine.domain}`) as ConversationId;
  return Object.assign(counts, { name, core, session, proxy, errors, address, other });
}

async function assertEncrypted({ name, session, other }: Writer): Promise<void> {
  const { rows } = await screenOf({ name, session, other });
  assert.deepEqual(new Set(rows.map(({ protection }) => protection?.how)), new Set(['omemo-2']));
  const conversation = valueOf(await session.readConversation(nextCall(), other));
  assert.deepEqual([conversation.encrypted, conversation.readability], [true, 'encrypted']);
}

async function writeDuring(people: readonly Writer[], checker: HistoryChecker, strike: () => Promise<void>): Promise<void> {
  let isOver = false;
  const writing = people.map((person) => writeSteadily(person, checker, () => isOver));
  try {
    await strike();
  } finally {
    isOver = true;
    await Promise.all(writing);
  }
}

/** A cut is noticed at once on loopback; until then trying again would ask the dead stream. */
export async function untilStage(session: Session, isReached: (stage: string) => boolean): Promise<void> {
  for (let tries = 0; tries < 5_000; tries++) {
    const { connection } = valueOf(await session.readSituation(nextCall()));
    if (isReached(connection.stage)) return;
    if (connection.stage === 'waiting') await session.reconnect(nextCall());
    await wait(1);
  }
}

async function writeSteadily(person: Writer, checker: HistoryChecker, isOver: () => boolean): Promise<void> {
  const { name, session, other } = person;
  for (let number = 1; !isOver(); number++) {
    const sent = await session.sendMessage(nextCall(), other, { id: `${name}-${number}` as MessageId, text: numbered(name, number) });
    if (sent.ok) checker.accepted(name, number);
    if (number % 25 === 0) await watch(person, checker);
    await wait(BETWEEN_MESSAGES_MS * (0.5 + Math.random()));
  }
}

async function watch({ name, session, other }: Writer, checker: HistoryChecker): Promise<void> {
  const page = valueOf(await session.readThread(nextCall(), { conversation: other, around: 'newest', before: 60, after: 0 }));
  checker.watch(name, [...page.messages, ...page.outbox], page.marks);
}

async function settle(people: readonly Writer[], checker: HistoryChecker): Promise<void> {
  const until = Date.now() + SETTLE_MS;
  for (;;) {
    for (const { session } of people) await session.reconnect(nextCall());
    await wait(300);
    const situations = await Promise.all(people.map(({ session }) => session.readSituation(nextCall()).then(valueOf)));
    const screens = await Promise.all(people.map((person) => screenOf(person)));
    const isQuiet = situations.every(({ waiting, catchingUp }) => waiting === 0 && !catchingUp);
    if ((isQuiet && screens.every(({ rows }) => rows.length >= checker.acceptedCount())) || Date.now() > until) return;
  }
}

/** The whole thread, as a tab pages through it. */
async function screenOf({
  name,
  session,
  other,
}: Pick<Writer, 'name' | 'session' | 'other'>): Promise<{ person: string; rows: Message[] }> {
  const rows: Message[] = [];
  for (let around: number | 'newest' = 'newest'; ;) {
    const page: ThreadPage = valueOf(await session.readThread(nextCall(), { conversation: other, around, before: 200, after: 0 }));
    rows.unshift(...page.messages.filter(({ content }) => content !== 'keys-changed'));
    if (page.atStart || page.messages.length === 0) return { person: name, rows };
    around = page.messages[0]?.order ?? 0;
  }
}
