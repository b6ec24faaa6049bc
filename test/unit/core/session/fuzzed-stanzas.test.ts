// S2 of the security table: broken stanzas through the whole of a session. Frame → parser → rules → sealed store → the rows of a thread:
// no exception comes out anywhere, nothing hangs, and a second parser reads each frame that is taken just as ours does.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Session } from '../../../../src/contracts/session.ts';
import { createCore, type Core } from '../../../../src/core/session/core.ts';
import { cleanText } from '../../../../src/elements/text/clean-text.ts';
import { scanBody } from '../../../../src/elements/text/scan-body.ts';
import { buildRows } from '../../../../src/elements/thread/build-rows.ts';
import { ThreadModel } from '../../../../src/elements/thread/thread-model.ts';
import type { ConversationId } from '../../../../src/model/conversation.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import { NS_CLIENT, NS_MAM } from '../../../../src/xmpp/namespaces.ts';
import { child, parseFrame, type Element } from '../../../../src/xmpp/xml.ts';
import { fakeClock, type FakeClock } from '../../../kit/fake-clock.ts';
import { me, room } from '../../../kit/forgers.ts';
import { archivedStanza, HEARD_STANZAS } from '../../../kit/heard-stanzas.ts';
import { mutate } from '../../../kit/mutated-stanzas.ts';
import { nextCall, nodeWorld } from '../../../kit/node-world.ts';
import { chance } from '../../../kit/random.ts';
import { ScriptedServer, type ScriptedStream } from '../../../kit/scripted-server.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { asPlain, askSaxes } from '../../xmpp/saxes-oracle.ts';

const SEED = Number(process.env['WARBLER_SEED'] ?? 20261121);
const COUNT = Number(process.env['WARBLER_STANZAS'] ?? (process.env['WARBLER_NIGHTLY'] ? 1_000_000 : 50_000));
/** As many as may come between two looks of a person. */
const BATCH = 100;
/** What cannot be read ends the stream: it is let through only now and then. */
const STREAM_BREAKING_EACH = 400;
/** The connection's own word for a stream it no longer believes: it begins another. Anything else that is logged as an error is one. */
const ENDS_THE_STREAM = ['malformed frame', 'the engine counts more than was sent'];
const MOST_TURNS = 20_000;
const BOB = 'bob@app1.test' as ConversationId;

interface Fuzzed {
  session: Session;
  server: ScriptedServer;
  clock: FakeClock;
  errors: string[];
  models: readonly ThreadModel[];
  close(): Promise<void>;
}

describe('broken stanzas', () => {
  it(`are borne by the whole session: ${COUNT} of them`, { timeout: 3_600_000 }, async () => {
    const by = chance(SEED);
    const broken = (turn: number): string => mutate(HEARD_STANZAS, by).replaceAll('%n', String(turn));
    const fuzzed = await openFuzzed((query) => Array.from({ length: 20 }, () => mutate([archivedStanza(query)], by)));
    const seen = { taken: 0, refused: 0, rows: 0, slowestMs: 0, slowestViewMs: 0 };
    for (let turn = 0; turn < COUNT; turn++) {
      const text = broken(turn);
      const isTaken = compareWithSaxes(text, turn);
      seen[isTaken ? 'taken' : 'refused'] += 1;
      if (isTaken || turn % STREAM_BREAKING_EACH === 0) seen.slowestMs = Math.max(seen.slowestMs, hear(fuzzed, text));
      if (turn % BATCH === 0) seen.slowestViewMs = Math.max(seen.slowestViewMs, await look(fuzzed));
    }
    await look(fuzzed);
    seen.rows = fuzzed.models.reduce((sum, { state }) => sum + state.messages.length, 0);
    deepEqual(
      fuzzed.errors.filter((error) => !ENDS_THE_STREAM.some((known) => error.startsWith(known))),
      [],
    );
    console.log(`  ${JSON.stringify(seen)}, ${fuzzed.errors.length} streams ended by what cannot be read`);
    ok(seen.taken > COUNT / 10 && seen.refused > COUNT / 10 && seen.rows > 50, JSON.stringify(seen));
    await fuzzed.close();
  });
});

/** Whether our parser takes it, which it may only do where the other one reads the same. */
function compareWithSaxes(text: string, turn: number): boolean {
  const frame = parseFrame(text);
  if (!frame.ok) return false;
  const told = `seed ${SEED}, turn ${turn}: ${JSON.stringify(text)}`;
  const { tree } = askSaxes(text);
  ok(tree, `taken, though saxes refuses; ${told}`);
  equal(JSON.stringify(asPlain(frame.element)), JSON.stringify(tree), told);
  return true;
}

/** Answers how long it took, until nothing more was to do at once. */
function hear({ server }: Fuzzed, text: string): number {
  const { wire } = server;
  const startedAt = performance.now();
  wire.say(text);
  wire.deliverDown();
  return performance.now() - startedAt;
}

/** A person looks: everything is stored, read again, and made into rows. */
async function look(fuzzed: Fuzzed): Promise<number> {
  const { session, clock, models } = fuzzed;
  fuzzed.server.isFlowing = true;
  fuzzed.server.wire.deliverUp();
  await rest(clock);
  await untilOnline(fuzzed);
  fuzzed.server.isFlowing = false;
  const startedAt = performance.now();
  ok((await session.listConversations(nextCall(), { from: 0, count: 50 })).ok);
  for (const { state } of models) {
    for (const { message } of buildRows(state, WISHES)) scanBody(cleanText(message.text));
  }
  return performance.now() - startedAt;
}

const WISHES = { isRoom: true, newAbove: 0, dayKey: (at: number) => Math.floor(at / 86_400_000), dayName: String };

async function rest(clock: FakeClock): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    clock.advance(60);
    await settled();
  }
}

async function untilOnline({ session, clock }: Pick<Fuzzed, 'session' | 'clock'>): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const situation = await session.readSituation(nextCall());
    const stage = situation.ok ? situation.value.connection.stage : 'offline';
    if (stage === 'online') return;
    ok(stage !== 'stopped', 'no stanza stops the connection for good');
    if (stage === 'waiting') await session.reconnect(nextCall());
    clock.advance(1);
    await settled();
  }
  throw new Error('the session does not come back');
}

// ---- the session of alice, at an engine whose archive is as broken as everything else ----

async function openFuzzed(archived: (query: string) => readonly string[]): Promise<Fuzzed> {
  const clock = fakeClock();
  const errors: string[] = [];
  const server = new ScriptedServer({
    user: 'alice',
    domain: 'app1.test',
    management: 'none',
    before: (frame, stream) => answerArchive(frame, stream, archived) || answerRoom(frame, stream),
  });
  const world = { ...nodeWorld({ databases: new IDBFactory(), errors }), clock, openSocket: server.openSocket };
  const core = createCore(world, { organisation: 'fuzz', profile: '' });
  const session = core.sessionFor('tab');
  const signedIn = session.signIn(nextCall(), { services: ['wss://chat.app1.test/ws'], address: me, password: server.script.password });
  await untilOnline({ session, clock });
  ok((await signedIn).ok);
  ok((await session.joinRoom(nextCall(), room)).ok, 'in the room');
  for (const id of ['own-1', 'own-2']) ok((await session.sendMessage(nextCall(), BOB, { id: id as MessageId, text: id })).ok);
  const source = {
    readThread: (window: Parameters<Session['readThread']>[1]) => session.readThread(nextCall(), window),
    onChanged: (listener: (looks: readonly never[]) => void) => core.onChanged(({ topics }) => listener(topics as readonly never[])),
  };
  const models = [BOB, room].map((conversation) => {
    const model = new ThreadModel({ isFollowing: () => true, modelChanged: () => undefined });
    model.open(source, conversation);
    return model;
  });
  return { session, server, clock, errors, models, close: () => closeWith(core, server, clock) };
}

/** The farewell waits for the engine's own, or for time to pass. */
async function closeWith(core: Core, server: ScriptedServer, clock: FakeClock): Promise<void> {
  let isClosed = false;
  server.isFlowing = true;
  void core.close().then(() => (isClosed = true));
  for (let turn = 0; !isClosed; turn++) {
    ok(turn < MOST_TURNS, 'the session closes');
    clock.advance(60);
    await settled();
  }
}

function answerArchive(frame: Element, stream: ScriptedStream, archived: (query: string) => readonly string[]): boolean {
  const query = child(frame, 'query', NS_MAM);
  if (!query) return false;
  const { id, to } = frame.attributes;
  // A frame that cannot be read would end the stream before anything else is told.
  for (const text of archived(query.attributes['queryid'] ?? '')) if (parseFrame(text).ok) stream.say(text);
  stream.say(
    `<iq xmlns='${NS_CLIENT}' type='result' id='${id}'${to ? ` from='${to}'` : ''}><fin xmlns='${NS_MAM}' complete='true'><set xmlns='http://jabber.org/protocol/rsm'/></fin></iq>`,
  );
  return true;
}

function answerRoom(frame: Element, stream: ScriptedStream): boolean {
  const { to = '', id } = frame.attributes;
  if (!to.startsWith(room)) return false;
  const feature = (name: string): string => `<feature var='${name}'/>`;
  const features = ['http://jabber.org/protocol/muc', NS_MAM, 'urn:xmpp:occupant-id:0'].map(feature).join('');
  if (frame.name === 'iq')
    stream.say(
      `<iq xmlns='${NS_CLIENT}' type='result' id='${id}' from='${to}'><query xmlns='http://jabber.org/protocol/disco#info'><identity category='conference' type='text' name='Garden'/>${features}</query></iq>`,
    );
  if (frame.name === 'presence')
    stream.say(
      `<presence xmlns='${NS_CLIENT}' from='${to}'><x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='member' role='participant'/><status code='110'/></x></presence>`,
    );
  return true;
}
