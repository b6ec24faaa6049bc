// Stored facts as a tab sees them while nothing is known yet of presence, rooms and the connection.
import type { Account } from '../../model/account.ts';
import type { Conversation, RoomState } from '../../model/conversation.ts';
import { namedAs, type AuthorId, type Message } from '../../model/message.ts';
import type { Gap, GapId, ThreadPage } from '../../contracts/session.ts';
import type { ConversationRecord, OutboxRecord, StoredMessage } from '../ports.ts';

export interface Newest {
  messages: readonly StoredMessage[];
  /** Nothing older is stored. */
  all: boolean;
}

export function conversationOf(record: ConversationRecord): Conversation {
  const { id, kind, title, unread, mentioned, muted, pinned, lastActivityAt, standing, preview, draft, room } = record;
  return {
    id,
    kind,
    title,
    unread,
    mentioned,
    muted,
    pinned,
    lastActivityAt,
    standing,
    ...(preview === undefined ? {} : { preview }),
    ...(draft === undefined ? {} : { draft }),
    presence: 'unknown',
    writing: [],
    readability: record.badge ?? 'organisation',
    encrypted: record.encryption === 'on',
    ...(room === undefined ? {} : { room: roomOf(room) }),
  };
}

export function threadPageOf(account: Account, record: ConversationRecord, newest: Newest, outbox: readonly OutboxRecord[]): ThreadPage {
  const shown = newest.messages.filter(({ withdrawn }) => !withdrawn);
  const oldest = newest.messages[0]?.order ?? -Infinity;
  return {
    messages: shown.map((message) => namedAs(messageOf(message), record)),
    outbox: outbox.toSorted((a, b) => a.turn - b.turn).map((waiting) => waitingMessage(account, waiting)),
    gaps: record.gaps.filter(({ below }) => below >= oldest).map(({ id, below }): Gap => ({ id: id as GapId, below, state: 'open' })),
    marks: record.marks,
    atStart: record.complete && newest.all,
    atEnd: true,
  };
}

/** What only the core needs to know stays with it. */
function messageOf({ archiveId: _archiveId, originId: _originId, fileSource: _fileSource, ...message }: StoredMessage): Message {
  return message;
}

function roomOf({ nick, autojoin, subject, invitedBy }: NonNullable<ConversationRecord['room']>): RoomState {
  return { joined: autojoin ? 'joining' : 'left', memberCount: 0, nick, ...(subject && { subject }), ...(invitedBy && { invitedBy }) };
}

function waitingMessage(account: Account, { id, conversation, text, file, writtenAt, stage, failure, protection }: OutboxRecord): Message {
  return {
    id,
    conversation,
    text,
    order: undefined,
    author: account.address as string as AuthorId,
    authorName: account.name,
    own: true,
    sentAt: writtenAt,
    timeCertain: true,
    mentionsMe: false,
    content: 'text',
    ...(file && { file }),
    ...(protection && { protection }),
    outbox: stage === 'failed' ? { stage, failure: failure ?? { kind: 'no-answer' } } : { stage: 'queued' },
  };
}
