// The other side of a conversation: a core in Node that writes, and pages through everything it has.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Session, ThreadPage, ThreadWindow } from '../../src/contracts/session.ts';
import { createCore } from '../../src/core/session/core.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { Answer } from '../../src/model/failure.ts';
import type { Message, MessageId } from '../../src/model/message.ts';
import type { Situation } from '../../src/model/situation.ts';
import { personOf, type DemoSite } from './demo-site.ts';
import type { Screen } from './history-checker.ts';
import { nextCall, nodeWorld } from './node-world.ts';

const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 50;

export interface Peer {
  readonly name: string;
  readonly address: string;
  readonly session: Session;
  /** What its core complained of. */
  readonly errors: string[];
  /** Whether the outbox took it. The same id again is the same message. */
  send(to: string, text: string, id?: string): Promise<boolean>;
  situation(): Promise<Situation>;
  /** Every message with that person, oldest first: from memory, and from the archive for what is not there. */
  readAll(other: string, since?: string): Promise<readonly Message[]>;
  close(): Promise<void>;
}

/** Keeps everything in memory: each one begins with nothing and has all it knows from the engine. */
export async function openPeer(demo: DemoSite, name: string): Promise<Peer> {
  const { address, password } = personOf(demo, name);
  const errors: string[] = [];
  const core = createCore(nodeWorld({ errors }), { organisation: 'peer', profile: name });
  const session = core.sessionFor('peer');
  valueOf(await session.signIn(nextCall(), { services: demo.facts.services, address, password }));
  return {
    name,
    address,
    session,
    errors,
    send: async (to, text, id = crypto.randomUUID()) =>
      (await session.sendMessage(nextCall(), to as ConversationId, { id: id as MessageId, text })).ok,
    situation: async () => valueOf(await session.readSituation(nextCall())),
    readAll: (other, since) => readAll(session, other as ConversationId, since),
    close: () => core.close(),
  };
}

/** Back to the message that says `since`, or to the beginning; what is missing on the way is fetched. */
async function readAll(session: Session, conversation: ConversationId, since?: string): Promise<readonly Message[]> {
  await untilKnown(session, conversation);
  const rows: Message[] = [];
  for (let around: number | 'newest' = 'newest'; ; around = rows[0]?.order ?? 0) {
    const page = await readWithoutGaps(session, { conversation, around, before: 200, after: 0 });
    rows.unshift(...page.messages);
    const begin = rows.findIndex(({ text }) => text === since);
    if (begin >= 0) return rows.slice(begin + 1);
    if (page.atStart) return rows;
  }
}

/** Who has just signed in hears of people and rooms a little later. */
async function untilKnown(session: Session, conversation: ConversationId): Promise<void> {
  await until(async () => (await session.readConversation(nextCall(), conversation)).ok, `${conversation} is known`);
  await until(async () => valueOf(await session.listConversations(nextCall(), { from: 0, count: 1 })).complete, 'the list is complete');
}

async function readWithoutGaps(session: Session, window: ThreadWindow): Promise<ThreadPage> {
  const read = async (): Promise<ThreadPage> => valueOf(await session.readThread(nextCall(), window));
  await until(async () => {
    const { gaps, messages, atStart } = await read();
    for (const { id } of gaps) await session.fillGap(nextCall(), window.conversation, id);
    return gaps.length === 0 && (messages.length > 0 || atStart);
  }, 'there are no gaps');
  return read();
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await wait(LOOK_AGAIN_MS);
  }
}

export const screenOf = (person: string, rows: readonly Message[]): Screen => ({ person, rows });

export function valueOf<T>(answer: Answer<T>): T {
  assert.ok(answer.ok, answer.ok ? '' : JSON.stringify(answer.failure));
  return answer.value;
}
