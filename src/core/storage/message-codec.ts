// A run of messages of one conversation as bytes: tuples with differences, and each author written once.
import type { AuthorId, MessageId } from '../../model/message.ts';
import type { StoredMessage } from '../ports.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { decodePlain, encodePlain } from './plain.ts';

const OWN = 1;
const TIME_CERTAIN = 2;
const MENTIONS_ME = 4;
const UNREADABLE = 8;
const HAS_ARCHIVE_ID = 16;
const HAS_ORIGIN_ID = 32;
/** Most origin ids are the message's id, or the archive's id is: neither is written twice. */
const ORIGIN_IS_ID = 64;
const ARCHIVE_IS_ID = 128;

const KNOWN: ReadonlySet<string> = new Set([
  'id',
  'conversation',
  'order',
  'author',
  'authorName',
  'own',
  'text',
  'sentAt',
  'timeCertain',
  'mentionsMe',
  'content',
  'archiveId',
  'originId',
]);

/** A message as its block holds it: the conversation is the block's. */
export type BlockMessage = Omit<StoredMessage, 'conversation'>;

interface Author {
  author: AuthorId;
  authorName: string;
}

/** `messages` stand in ascending order. What a later version adds to a message is kept at the end, by name. */
export function encodeMessages(messages: readonly BlockMessage[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  const authors = new Map<string, number>();
  writer.unsigned(messages.length);
  let before: BlockMessage | undefined;
  for (const message of messages) {
    writer.signed(message.order - (before?.order ?? 0));
    writer.signed(Math.round(message.sentAt) - Math.round(before?.sentAt ?? 0));
    writeAuthor(writer, authors, message);
    writeRest(writer, message);
    before = message;
  }
  writeExtras(writer, messages);
  return writer.finish();
}

export function decodeMessages(bytes: Uint8Array): BlockMessage[] {
  const reader = new ByteReader(bytes);
  const authors: Author[] = [];
  let order = 0;
  let sentAt = 0;
  const messages: BlockMessage[] = [];
  for (let left = reader.unsigned(); left > 0; left--) {
    order += reader.signed();
    sentAt += reader.signed();
    const author = readAuthor(reader, authors);
    messages.push(readRest(reader, { order, sentAt, ...author }));
  }
  readExtras(reader, messages);
  return messages;
}

function writeAuthor(writer: ByteWriter, authors: Map<string, number>, { author, authorName }: BlockMessage): void {
  const key = `${author}\n${authorName}`;
  const known = authors.get(key);
  writer.unsigned(known ?? authors.size);
  if (known !== undefined) return;
  authors.set(key, authors.size);
  writer.text(author);
  writer.text(authorName);
}

function readAuthor(reader: ByteReader, authors: Author[]): Author {
  const at = reader.unsigned();
  if (at === authors.length) authors.push({ author: reader.text() as AuthorId, authorName: reader.text() });
  const author = authors[at];
  if (!author) throw new RangeError('An author that was never named');
  return author;
}

function writeRest(writer: ByteWriter, message: BlockMessage): void {
  const flags = flagsOf(message);
  writer.byte(flags);
  writer.id(message.id);
  if (flags & HAS_ARCHIVE_ID && !(flags & ARCHIVE_IS_ID)) writer.id(message.archiveId ?? '');
  if (flags & HAS_ORIGIN_ID && !(flags & ORIGIN_IS_ID)) writer.id(message.originId ?? '');
  writer.text(message.text);
}

function flagsOf(message: BlockMessage): number {
  return (
    (message.own ? OWN : 0) |
    (message.timeCertain ? TIME_CERTAIN : 0) |
    (message.mentionsMe ? MENTIONS_ME : 0) |
    (message.content === 'unreadable' ? UNREADABLE : 0) |
    (message.archiveId === undefined ? 0 : HAS_ARCHIVE_ID) |
    (message.originId === undefined ? 0 : HAS_ORIGIN_ID) |
    (message.originId === message.id ? ORIGIN_IS_ID : 0) |
    (message.archiveId === message.id ? ARCHIVE_IS_ID : 0)
  );
}

type Beginning = Pick<StoredMessage, 'order' | 'sentAt' | 'author' | 'authorName'>;

function readRest(reader: ByteReader, beginning: Beginning): BlockMessage {
  const flags = reader.byte();
  const id = reader.id() as MessageId;
  const archiveId = flags & ARCHIVE_IS_ID ? id : flags & HAS_ARCHIVE_ID ? reader.id() : undefined;
  const originId = flags & ORIGIN_IS_ID ? id : flags & HAS_ORIGIN_ID ? reader.id() : undefined;
  return {
    id,
    ...beginning,
    own: (flags & OWN) !== 0,
    text: reader.text(),
    timeCertain: (flags & TIME_CERTAIN) !== 0,
    mentionsMe: (flags & MENTIONS_ME) !== 0,
    content: flags & UNREADABLE ? 'unreadable' : 'text',
    ...(archiveId === undefined ? {} : { archiveId }),
    ...(originId === undefined ? {} : { originId }),
  };
}

function writeExtras(writer: ByteWriter, messages: readonly BlockMessage[]): void {
  const extras: [number, object][] = [];
  messages.forEach((message, at) => {
    for (const name in message) {
      if (KNOWN.has(name)) continue;
      extras.push([at, extraOf(message)]);
      break;
    }
  });
  writer.text(extras.length > 0 ? new TextDecoder().decode(encodePlain(extras)) : '');
}

/** The flags know of two kinds of content. */
function extraOf(message: BlockMessage): object {
  const isOther = message.content !== 'text' && message.content !== 'unreadable';
  return Object.fromEntries(Object.entries(message).filter(([key]) => !KNOWN.has(key) || (isOther && key === 'content')));
}

function readExtras(reader: ByteReader, messages: BlockMessage[]): void {
  const text = reader.text();
  if (text === '') return;
  for (const [at, extra] of decodePlain(new TextEncoder().encode(text)) as [number, object][]) {
    Object.assign(messages[at] ?? {}, extra);
  }
}
