// A conversation as the tabs see it: what is stored, with what is only true now.
import type { Conversation, ConversationId, Preview } from '../../model/conversation.ts';
import type { ConversationRecord, OutboxRecord } from '../ports.ts';
import { fileInShort, shorten } from '../sync/shown.ts';
import type { AccountSession } from './account-session.ts';

/** The newest own message that is not in the thread yet, by conversation. */
export type LastWaiting = ReadonlyMap<ConversationId, OutboxRecord>;

export function lastWaiting(session: AccountSession): LastWaiting {
  const last = new Map<ConversationId, OutboxRecord>();
  for (const record of session.messages.outbox.all()) last.set(record.conversation, record);
  return last;
}

export const activityOf = (record: ConversationRecord, waiting: LastWaiting): number =>
  Math.max(record.lastActivityAt, waiting.get(record.id)?.writtenAt ?? 0);

/** A room that was left and that nobody asks to, and a person who is neither contact nor ever wrote, are kept but not listed. */
export function isListed(record: ConversationRecord, waiting: LastWaiting): boolean {
  if (record.kind === 'room') return record.room?.autojoin === true || record.standing === 'asks-for-contact';
  return (
    record.standing !== 'stranger' || record.top > 0 || record.draft !== undefined || record.staged !== undefined || waiting.has(record.id)
  );
}

export function viewConversation(record: ConversationRecord, session: AccountSession, waiting: LastWaiting): Conversation {
  const { messages, people, rooms } = session;
  const preview = previewOf(record, waiting);
  const room = record.kind === 'room' ? rooms.stateOf(record.id) : undefined;
  return {
    id: record.id,
    kind: record.kind,
    title: record.title,
    unread: record.unread,
    mentioned: record.mentioned,
    muted: record.muted,
    pinned: record.pinned,
    lastActivityAt: activityOf(record, waiting),
    ...(preview && { preview }),
    ...(record.draft !== undefined && { draft: record.draft }),
    ...(record.staged !== undefined && { staged: record.staged }),
    presence: record.kind === 'room' ? 'unknown' : people.presenceOf(record.id),
    standing: record.standing,
    writing: messages.states.writing(record.id),
    readability: record.badge ?? 'organisation',
    encrypted: record.encryption === 'on',
    ...(record.legacy && { legacy: true }),
    ...(room && { room }),
  };
}

function previewOf(record: ConversationRecord, waiting: LastWaiting): Preview | undefined {
  const last = waiting.get(record.id);
  if (!last) return record.preview;
  return {
    text: shorten(last.text),
    ...(last.file && { file: fileInShort(last.file) }),
    own: true,
    state: last.stage === 'failed' ? 'failed' : 'waiting',
  };
}
