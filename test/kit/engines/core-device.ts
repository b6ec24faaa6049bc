// A whole core signed in at a real engine, without a tab: what it is told to say, what of a thread it shows, whose devices it knows.
import { IDBFactory } from 'fake-indexeddb';
import type { Session } from '../../../src/contracts/session.ts';
import { createCore, type Core } from '../../../src/core/session/core.ts';
import type { Address } from '../../../src/model/account.ts';
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
  /** One of several devices of a person. */
  profile?: string;
  /** What goes over the line, either way. */
  frames?: string[];
  said?(frame: string): void;
}

/** The password is the name. */
export async function startCore(engine: TestEngine, name: string, wish: CoreWish): Promise<CoreDevice> {
  const { errors, databases = new IDBFactory(), profile = name, frames = [] } = wish;
  const heard = (frame: string): void => void frames.push(frame);
  const said = (frame: string): void => {
    wish.said?.(frame);
    heard(frame);
  };
  const core = createCore(nodeWorld({ databases, errors, heard, said }), { organisation: 'devices', profile });
  const session = core.sessionFor('tab');
  valueOf(await session.signIn(nextCall(), { services: [engine.ws], address: `${name}@${engine.domain}`, password: name }));
  return { core, session, databases };
}

export async function say({ session }: CoreDevice, to: ConversationId, id: string, text: string): Promise<void> {
  valueOf(await session.sendMessage(nextCall(), to, { id: id as MessageId, text }));
  await until(`${id} is sent`, async () => valueOf(await session.readOutbox(nextCall())).length === 0);
}

export async function devicesOf({ session }: CoreDevice, person: Address, count: number): Promise<void> {
  await until(`${count} devices of ${person}`, async () => {
    const keys = await session.readKeys(nextCall(), person);
    return keys.ok && keys.value.devices.length === count;
  });
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
