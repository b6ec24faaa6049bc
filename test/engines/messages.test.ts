// Two people write to each other through a network that keeps breaking: nothing is lost, nothing is shown twice, nothing out of order.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Session } from '../../src/contracts/session.ts';
import { createCore, type Core } from '../../src/core/session/core.ts';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { Answer } from '../../src/model/failure.ts';
import type { Message, MessageId } from '../../src/model/message.ts';
import { startCuttingProxy, type CuttingProxy } from '../kit/engines/cutting-proxy.ts';
import { startEngine, type TestEngine } from '../kit/engines/start-engine.ts';
import { HistoryChecker, numbered, type Screen } from '../kit/history-checker.ts';
import { nextCall, nodeWorld } from '../kit/node-world.ts';

/** The size for every change; more by the environment. */
const CUTS = Number(process.env['WARBLER_CUTS'] ?? 300);
/** ejabberd 23.01 loses its way when a session is cut some hundred times: it takes a resume and never answers. Not solved yet, so held small. */
const EJABBERD_CUTS = Number(process.env['WARBLER_EJABBERD_CUTS'] ?? 20);
/** ejabberd 23.01 takes seconds for a session that is cut again sooner. */
const BETWEEN_CUTS_MS = 200;
const BETWEEN_WILD_CUTS_MS = 80;
const BETWEEN_MESSAGES_MS = 40;
const SETTLE_MS = 60_000;

interface Person {
  name: string;
  core: Core;
  session: Session;
  proxy: CuttingProxy;
  errors: string[];
  other: ConversationId;
  /** Streams that came back as they were. */
  resumed: number;
}

const PEOPLE = ['ann', 'ben'] as const;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

for (const engine of ENGINE_KINDS) {
  describe(`messages over ${engine}`, () => {
    const cuts = engine === 'ejabberd' ? EJABBERD_CUTS : CUTS;
    test(`${cuts} cuts with two steady senders: none lost, none doubled, none out of order`, async () => {
      const resumed = await converse(engine, { cuts, waitsForStream: true });
      assert.ok(resumed > cuts * 0.5, `streams are resumed, not begun anew: ${resumed} of ${cuts}`);
    });
  });
}

/**
 * Not for ejabberd 23.01: it throws away what it keeps for a session that is cut while it is being taken up, and never archives it for the
 * receiver (measured: the sender's archive has what the receiver's has not).
 */
test(`${CUTS / 5} cuts over prosody, also while streams are being resumed`, async () => {
  await converse('prosody', { cuts: CUTS / 5, waitsForStream: false });
});

interface Cutting {
  cuts: number;
  /** A stream is cut only once it is back. */
  waitsForStream: boolean;
}

/** Answers how many streams came back as they were. */
async function converse(engine: EngineKind, cutting: Cutting): Promise<number> {
  let resumed = 0;
  await withEngine(engine, async (running) => {
    const people = await Promise.all(PEOPLE.map((name) => signIn(running, name)));
    const checker = new HistoryChecker();
    await writeThroughCuts(people, checker, cutting);
    await settle(people, checker);
    const screens = await Promise.all(people.map((person) => screenOf(person)));
    assert.deepEqual(checker.judge(screens), []);
    for (const { errors } of people) assert.deepEqual(errors, []);
    for (const { core, proxy } of people) await Promise.all([core.close(), proxy.stop()]);
    resumed = people.reduce((sum, person) => sum + person.resumed, 0);
  });
  return resumed;
}

async function withEngine(engine: EngineKind, work: (running: TestEngine) => Promise<void>): Promise<void> {
  const contactsOf = (name: string) => PEOPLE.filter((one) => one !== name).map((one) => ({ name: one, displayName: one, groups: [] }));
  const running = await startEngine({ engine, users: PEOPLE.map((name) => ({ name, password: name, contacts: contactsOf(name) })) });
  try {
    await work(running);
  } finally {
    await running.stop();
  }
}

async function signIn(engine: TestEngine, name: string): Promise<Person> {
  const proxy = await startCuttingProxy(engine.port);
  const errors: string[] = [];
  let person: Person | undefined;
  const heard = (frame: string): void => void (person && frame.startsWith('<resumed') && (person.resumed += 1));
  const core = createCore(nodeWorld({ databases: new IDBFactory(), errors, heard }), { organisation: 'cuts', profile: name });
  const session = core.sessionFor('tab');
  const services = [engine.ws.replace(`:${engine.port}`, `:${proxy.port}`)];
  valueOf(await session.signIn(nextCall(), { services, address: `${name}@${engine.domain}`, password: name }));
  const other = `${PEOPLE.find((one) => one !== name)}@${engine.domain}` as ConversationId;
  return (person = { name, core, session, proxy, errors, other, resumed: 0 });
}

async function writeThroughCuts(people: readonly Person[], checker: HistoryChecker, { cuts, waitsForStream }: Cutting): Promise<void> {
  let isOver = false;
  const writing = people.map((person) => writeSteadily(person, checker, () => isOver));
  for (let cut = 0; cut < cuts; cut += waitsForStream ? people.length : 1) {
    await pause((waitsForStream ? BETWEEN_CUTS_MS : BETWEEN_WILD_CUTS_MS) * (0.5 + Math.random()));
    const struck = waitsForStream ? people : [people[cut % people.length] as Person];
    await Promise.all(struck.map((person) => cutOff(person, waitsForStream)));
  }
  isOver = true;
  await Promise.all(writing);
}

async function cutOff({ session, proxy }: Person, waitsForStream: boolean): Promise<void> {
  if (waitsForStream) await untilStage(session, (stage) => stage === 'online');
  proxy.cut();
  await untilStage(session, (stage) => stage !== 'online');
  await session.reconnect(nextCall());
}

/** A cut is noticed at once on loopback; until then trying again would ask the dead stream. */
async function untilStage(session: Session, isReached: (stage: string) => boolean): Promise<void> {
  for (let tries = 0; tries < 5_000; tries++) {
    const { connection } = valueOf(await session.readSituation(nextCall()));
    if (isReached(connection.stage)) return;
    if (connection.stage === 'waiting') await session.reconnect(nextCall());
    await pause(1);
  }
}

async function writeSteadily(person: Person, checker: HistoryChecker, isOver: () => boolean): Promise<void> {
  const { name, session, other } = person;
  for (let number = 1; !isOver(); number++) {
    const sent = await session.sendMessage(nextCall(), other, { id: `${name}-${number}` as MessageId, text: numbered(name, number) });
    if (sent.ok) checker.accepted(name, number);
    if (number % 25 === 0) await watch(person, checker);
    await pause(BETWEEN_MESSAGES_MS * (0.5 + Math.random()));
  }
}

async function watch({ name, session, other }: Person, checker: HistoryChecker): Promise<void> {
  const page = valueOf(await session.readThread(nextCall(), { conversation: other, around: 'newest', before: 60, after: 0 }));
  checker.watch(name, [...page.messages, ...page.outbox], page.marks);
}

async function settle(people: readonly Person[], checker: HistoryChecker): Promise<void> {
  const until = Date.now() + SETTLE_MS;
  for (;;) {
    for (const { session } of people) await session.reconnect(nextCall());
    await pause(300);
    const situations = await Promise.all(people.map(({ session }) => session.readSituation(nextCall()).then(valueOf)));
    const screens = await Promise.all(people.map((person) => screenOf(person)));
    const isQuiet = situations.every(({ waiting, catchingUp }) => waiting === 0 && !catchingUp);
    if ((isQuiet && screens.every(({ rows }) => rows.length >= checker.acceptedCount())) || Date.now() > until) return;
  }
}

/** The whole thread, as a tab pages through it. */
async function screenOf({ name, session, other }: Person): Promise<Screen> {
  const rows: Message[] = [];
  for (let around: number | 'newest' = 'newest'; ; around = rows[0]?.order ?? 0) {
    const page = valueOf(await session.readThread(nextCall(), { conversation: other, around, before: 200, after: 0 }));
    rows.unshift(...page.messages);
    if (page.atStart || page.messages.length === 0) break;
  }
  return { person: name, rows };
}

function valueOf<T>(answer: Answer<T>): T {
  assert.ok(answer.ok, answer.ok ? '' : JSON.stringify(answer.failure));
  return answer.value;
}
