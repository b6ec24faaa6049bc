// A message that was seen somewhere: live, as a copy from another device, in an archive. Not yet placed, perhaps known already.
import type { ConversationKind } from '../../model/conversation.ts';
import type { AuthorId, MessageId } from '../../model/message.ts';
import type { StoredMessage } from '../ports.ts';

export interface Sighting extends Omit<StoredMessage, 'id' | 'order' | 'withdrawn'> {
  kind: ConversationKind;
  /** The sender would like to know that it arrived, under this name. */
  receiptFor?: string;
}

/** What it may be recognised by: the archive's id, and the author together with the id this author gave it. */
export function keysOf(message: Pick<Sighting, 'author' | 'archiveId' | 'originId'>): string[] {
  const keys: string[] = [];
  if (message.archiveId !== undefined) keys.push(archiveKey(message.archiveId));
  if (message.originId !== undefined) keys.push(originKey(message.author, message.originId));
  return keys;
}

export const archiveKey = (archiveId: string): string => `a${archiveId}`;
export const originKey = (author: AuthorId, originId: string): string => `o${author}\n${originId}`;

export function storedAt(sighting: Sighting, order: number): StoredMessage {
  const { conversation, author, authorName, suspicious, own, text, content, sentAt, timeCertain, mentionsMe, archiveId, originId } =
    sighting;
  const id = (own ? (originId ?? archiveId) : (archiveId ?? originId)) ?? `${conversation} ${order}`;
  const message: StoredMessage = {
    id: id as MessageId,
    conversation,
    order,
    author,
    authorName,
    ...(suspicious && { suspicious }),
    own,
    text,
    sentAt,
    timeCertain,
    mentionsMe,
    content,
  };
  if (archiveId !== undefined) message.archiveId = archiveId;
  if (originId !== undefined) message.originId = originId;
  if (sighting.file) message.file = sighting.file;
  if (sighting.fileSource) message.fileSource = sighting.fileSource;
  if (sighting.protection) message.protection = sighting.protection;
  if (sighting.unreadable && content === 'unreadable') message.unreadable = sighting.unreadable;
  if (sighting.keyChange) message.keyChange = sighting.keyChange;
  return message;
}
