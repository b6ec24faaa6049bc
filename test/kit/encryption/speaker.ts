// What a program that talks can be told to do, in whichever browser or in Node, and what it tells of what it shows.
import type { CallId, Session } from '../../../src/contracts/session.ts';
import type { Transfer } from '../../../src/contracts/files.ts';
import type { Address } from '../../../src/model/account.ts';
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { Answer } from '../../../src/model/failure.ts';
import type { Message, MessageId } from '../../../src/model/message.ts';
import { chance } from '../random.ts';

export type TalkOrder =
  | { do: 'say'; to: string; text: string }
  | { do: 'send-file'; to: string; text: string; name: string; seed: number; size: number }
  /** Once so many messages are there. */
  | { do: 'read'; of: string; count: number }
  /** The file that came with these words, or of this name: its name, and what its bytes hash to. */
  | { do: 'fetch'; of: string; text: string; name?: string }
  | { do: 'keys'; of: string }
  | { do: 'join'; room: string }
  /** Once everybody can be written to. */
  | { do: 'encrypt'; room: string; people: number };

export interface Shown {
  text: string;
  own: boolean;
  how: string | undefined;
}

export interface Fetched {
  name: string | undefined;
  digest: string;
}

/** Answers an order; `T` is what this one answers. */
export type Speaker = <T>(order: TalkOrder) => Promise<T>;

type Of<D extends TalkOrder['do']> = Extract<TalkOrder, { do: D }>;

const PATIENCE_MS = 40_000;
let calls = 0;
const nextCall = (): CallId => `talk-${++calls}` as CallId;
let messages = 0;
const nextId = (): MessageId => `said-${++messages}-${Date.now()}` as MessageId;

export function obey(session: Session, order: TalkOrder): Promise<unknown> {
  switch (order.do) {
    case 'say':
      return say(session, order);
    case 'send-file':
      return sendFile(session, order);
    case 'read':
      return read(session, order);
    case 'fetch':
      return fetchFile(session, order);
    case 'keys':
      return keys(session, order);
    case 'join':
      return session.joinRoom(nextCall(), order.room).then(valueOf);
    case 'encrypt':
      return encrypt(session, order);
  }
}

/** The same bytes wherever they are made. */
export function bytesBy(seed: number, size: number): Uint8Array<ArrayBuffer> {
  const { below } = chance(seed);
  return Uint8Array.from({ length: size }, () => below(256));
}

export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function say(session: Session, { to, text }: Of<'say'>): Promise<true> {
  valueOf(await session.sendMessage(nextCall(), to as ConversationId, { id: nextId(), text }));
  return untilSent(session, text);
}

async function sendFile(session: Session, { to, text, name, seed, size }: Of<'send-file'>): Promise<true> {
  const draft = { id: nextId(), text, name, type: 'application/pdf', file: new Blob([bytesBy(seed, size)]) };
  valueOf(await session.sendFile(nextCall(), to as ConversationId, draft));
  return untilSent(session, text);
}

const untilSent = (session: Session, text: string): Promise<true> =>
  until(`“${text}” is sent`, async () => {
    const waiting = valueOf(await session.readOutbox(nextCall())).map(({ message }) => message.outbox);
    for (const one of waiting) if (one?.stage === 'failed') throw new Error(JSON.stringify(one.failure));
    return waiting.length === 0 ? true : undefined;
  });

async function read(session: Session, { of, count }: Of<'read'>): Promise<readonly Shown[]> {
  return until(`${count} messages`, async () => {
    const found = await thread(session, of);
    return found.length < count ? undefined : found.map(({ text, own, protection, unreadable }) => ({ text, own, how: unreadable ?? protection?.how })); // oxfmt-ignore
  });
}

async function fetchFile(session: Session, { of, text, name }: Of<'fetch'>): Promise<Fetched> {
  const conversation = of as ConversationId;
  const isIt = (one: Message): boolean => one.file !== undefined && one.text === text && (name === undefined || one.file.name === name);
  const message = await until(`a file with “${text}”`, async () => (await thread(session, of)).find(isIt));
  const place = { conversation, message: message.id, ...(message.order !== undefined && { order: message.order }) };
  valueOf(await session.fetchFile(nextCall(), place));
  await until('the file is here', async () => {
    const transfers: readonly Transfer[] = valueOf(await session.readTransfers(nextCall(), conversation));
    const transfer = transfers.find((one) => one.message === message.id);
    if (transfer?.stage === 'failed') throw new Error(JSON.stringify(transfer.failure));
    return transfer?.stage === 'here' ? true : undefined;
  });
  const body = valueOf(await session.readFile(nextCall(), place));
  return { name: message.file?.name, digest: await digestOf(new Uint8Array(await body.arrayBuffer())) };
}

/** Once a device of theirs can be found. */
async function keys(session: Session, { of }: Of<'keys'>): Promise<readonly number[]> {
  return until(`keys of ${of}`, async () => {
    const known = await session.readKeys(nextCall(), of as Address);
    const devices = known.ok ? known.value.devices.filter(({ isListed }) => isListed) : [];
    return devices.length > 0 ? devices.map(({ id }) => id) : undefined;
  });
}

async function encrypt(session: Session, { room, people }: Of<'encrypt'>): Promise<void> {
  await until('everybody has a device', async () => {
    const readers = await session.readReaders(nextCall(), room as ConversationId);
    const ready = readers.ok ? readers.value.people.filter(({ devices }) => devices > 0) : [];
    return ready.length === people ? true : undefined;
  });
  return valueOf(await session.changeEncryption(nextCall(), room as ConversationId, 'on'));
}

/** Lines about keys are nobody's words. */
async function thread(session: Session, of: string): Promise<readonly Message[]> {
  const page = await session.readThread(nextCall(), { conversation: of as ConversationId, around: 'newest', before: 50, after: 0 });
  return page.ok ? page.value.messages.filter(({ content }) => content !== 'keys-changed') : [];
}

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
