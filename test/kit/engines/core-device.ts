// A whole core signed in at a real engine, without a tab: what it is told to say, and what of a thread it shows.
import { IDBFactory } from 'fake-indexeddb';
import type { Session } from '../../../src/contracts/session.ts';
import { createCore, type Core } from '../../../src/core/session/core.ts';
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { Message, MessageId } from '../../../src/model/message.ts';
import { nextCall, nodeWorld } from '../node-world.ts';
import { valueOf } from '../peer.ts';
import { until } from './looking.ts';
import type { TestEngine } from './start-engine.ts';

export interface CoreDevice {
  core: Core;
  session: Session;
  databases: IDBFactory;
}

export interface CoreWish {
  errors: string[];
  databases?: IDBFactory;
}

/** The password is the name. */
export async function startCore(engine: TestEngine, name: string, { errors, databases = new IDBFactory() }: CoreWish): Promise<CoreDevice> {
  const core = createCore(nodeWorld({ databases, errors }), { organisation: 'older', profile: name });
  const session = core.sessionFor('tab');
  valueOf(await session.signIn(nextCall(), { services: [engine.ws], address: `${name}@${engine.domain}`, password: name }));
  return { core, session, databases };
}

export async function say({ session }: CoreDevice, to: ConversationId, id: string, text: string): Promise<void> {
  valueOf(await session.sendMessage(nextCall(), to, { id: id as MessageId, text }));
  await until(`${id} is sent`, async () => valueOf(await session.readOutbox(nextCall())).length === 0);
}

/** Lines about keys are nobody's words. */
export async function seen({ session }: CoreDevice, of: ConversationId, count: number): Promise<{ messages: readonly Message[] }> {
  let messages: readonly Message[] = [];
  await until(`${count} messages`, async () => {
    const page = await session.readThread(nextCall(), { conversation: of, around: 'newest', before: 50, after: 0 });
    messages = page.ok ? page.value.messages.filter(({ content }) => content !== 'keys-changed') : [];
    return messages.length >= count;
  });
  return { messages };
}
