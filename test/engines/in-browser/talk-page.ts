// In the page: our core as it is, signed in at a real engine. It is told what to do, and tells what it shows.
import type { CallId, Session } from '../../../src/contracts/session.ts';
import { createCore } from '../../../src/core/session/core.ts';
import { createWorld, findDatabases } from '../../../src/core/world.ts';
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { Answer } from '../../../src/model/failure.ts';
import type { MessageId } from '../../../src/model/message.ts';
import { control } from '../../bench/in-browser/control.ts';

export interface TalkWish {
  ws: string;
  address: string;
  password: string;
}

export type TalkOrder =
  | { do: 'say'; to: string; id: string; text: string }
  | { do: 'read'; of: string; count: number }
  | { do: 'keys'; of: string };

export interface Shown {
  text: string;
  own: boolean;
  how: string | undefined;
}

const PATIENCE_MS = 40_000;
let calls = 0;
const nextCall = (): CallId => `call-${++calls}` as CallId;

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it never came to that: ${what}`);
}

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  return answer.value;
}

async function say(session: Session, { to, id, text }: Extract<TalkOrder, { do: 'say' }>): Promise<true> {
  valueOf(await session.sendMessage(nextCall(), to as ConversationId, { id: id as MessageId, text }));
  return until(`${id} is sent`, async () => (valueOf(await session.readOutbox(nextCall())).length === 0 ? true : undefined));
}

async function read(session: Session, { of, count }: Extract<TalkOrder, { do: 'read' }>): Promise<readonly Shown[]> {
  const conversation = of as ConversationId;
  return until(`${count} messages`, async () => {
    const page = await session.readThread(nextCall(), { conversation, around: 'newest', before: 50, after: 0 });
    const messages = page.ok ? page.value.messages.filter(({ content }) => content !== 'keys-changed') : [];
    return messages.length < count
      ? undefined
      : messages.map(({ text, own, protection, unreadable }) => ({ text, own, how: unreadable ?? protection?.how }));
  });
}

/** Once our own device can be found by others. */
async function keys(session: Session, of: string): Promise<readonly number[]> {
  return until('keys', async () => {
    const known = await session.readKeys(nextCall(), of as ConversationId);
    const devices = known.ok ? known.value.devices.filter(({ isListed }) => isListed) : [];
    return devices.length > 0 ? devices.map(({ id }) => id) : undefined;
  });
}

async function run(): Promise<void> {
  const { ws, address, password } = (await control.ask('wish')) as TalkWish;
  const core = createCore(createWorld(findDatabases()), { organisation: 'talk', profile: address });
  const session = core.sessionFor('tab');
  valueOf(await session.signIn(nextCall(), { services: [ws], address, password }));
  for (;;) {
    const order = (await control.ask('order')) as TalkOrder;
    const done = order.do === 'say' ? say(session, order) : order.do === 'read' ? read(session, order) : keys(session, order.of);
    await control.tell('done', await done);
  }
}

run().catch((defect: unknown) => control.tell('done', { defect: String((defect as Error).stack ?? defect) }));
