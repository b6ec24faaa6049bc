// Messages, records and waiting messages for the suites: message i is a function of seed and i.
import type { ConversationId } from '../../src/model/conversation.ts';
import type { AuthorId, MessageId } from '../../src/model/message.ts';
import { NO_MARKS } from '../../src/model/message.ts';
import type { ConversationRecord, OutboxRecord, StoredMessage } from '../../src/core/ports.ts';
import { chance } from '../kit/random.ts';

export const HALL = 'hall@rooms.chat.example' as ConversationId;
export const LIN = 'lin@chat.example' as ConversationId;

const WORDS = (
  'the of and meeting tomorrow morning please order number ready when will parcel arrive thanks question answer 你好 明天 会议 订单 谢谢 ' +
  'maybe again office train window light coffee 😀 👍 <b> & "quoted" river garden number seven forty price later soon'
).split(' ');

export function storedMessage(i: number, given: Partial<StoredMessage> = {}): StoredMessage {
  const luck = chance(i * 2_654_435_761 + 7);
  const author = luck.below(5);
  const id = uuid(luck) as MessageId;
  return {
    id,
    conversation: HALL,
    order: i * 1024,
    author: `${HALL}/member-${author}` as AuthorId,
    authorName: ['Lin', 'Mei', 'Ada', 'Tom', '小明'][author] ?? 'Lin',
    own: author === 1,
    text: textOf(luck),
    sentAt: 1_780_000_000_000 + i * 61_000 + luck.below(50_000),
    timeCertain: true,
    mentionsMe: luck.below(40) === 0,
    content: 'text',
    archiveId: String(1_780_000_000_000_000 + i * 61_000_000 + luck.below(1_000_000)),
    originId: id,
    ...given,
  };
}

export const storedMessages = (from: number, to: number, given: Partial<StoredMessage> = {}): StoredMessage[] =>
  Array.from({ length: to - from }, (_, at) => storedMessage(from + at, given));

export function conversationRecord(given: Partial<ConversationRecord> = {}): ConversationRecord {
  return {
    id: HALL,
    kind: 'room',
    title: 'The hall',
    standing: 'member',
    unread: 0,
    mentioned: false,
    muted: false,
    pinned: false,
    lastActivityAt: 1_780_000_000_000,
    marks: NO_MARKS,
    top: 0,
    gaps: [],
    complete: true,
    ...given,
  };
}

export function outboxRecord(turn: number, given: Partial<OutboxRecord> = {}): OutboxRecord {
  const id = uuid(chance(turn + 99)) as MessageId;
  const text = `waiting ${turn}`;
  return {
    id,
    conversation: HALL,
    text,
    writtenAt: 1_780_000_000_000 + turn,
    turn,
    stanza: `<message id="${id}"/>`,
    stage: 'queued',
    ...given,
  };
}

/** 97 bytes of UTF-8, as the measured archives have on average. */
function textOf(luck: { oneOf<T>(choices: readonly T[]): T }): string {
  let text = luck.oneOf(WORDS);
  while (bytesIn(text) < 97) text += ` ${luck.oneOf(WORDS)}`;
  while (bytesIn(text) > 97) text = text.slice(0, text.codePointAt(text.length - 2)! > 0xffff ? -2 : -1);
  return text.padEnd(text.length + 97 - bytesIn(text), '.');
}

const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

function uuid(luck: { below(end: number): number }): string {
  const hex = Array.from({ length: 32 }, () => luck.below(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
