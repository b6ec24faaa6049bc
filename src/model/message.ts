// A message as people see it: who, what, when, and how far an own one has come.
import type { Address } from './account.ts';
import type { ConversationId } from './conversation.ts';
import type { Failure } from './failure.ts';
import type { SharedFile } from './file.ts';
import type { EncryptionWish, Protection, UnreadableWhy } from './protection.ts';

/** Minted by whoever wrote it and stable for good: the origin id, or the archive's where there is none. */
export type MessageId = string & { readonly messageId: unique symbol };

/** Who wrote it: an address, or in a room the occupant's stable id, or the nick where the room gives none. */
export type AuthorId = string & { readonly authorId: unique symbol };

export interface Message {
  id: MessageId;
  conversation: ConversationId;
  /**
   * The place in the thread. Ascending, unique within the conversation, with holes; the archive decides it.
   * A message that is still in the outbox has none and stands below all that have.
   */
  order: number | undefined;
  author: AuthorId;
  authorName: string;
  /** The name seems made to be taken for another's. */
  suspicious?: true;
  own: boolean;
  /** With a file: its caption, or nothing. */
  text: string;
  file?: SharedFile;
  sentAt: number;
  /** False where nobody we trust confirmed the time. */
  timeCertain: boolean;
  /** Names this person, in a room. */
  mentionsMe: boolean;
  /** `unreadable`: it arrived, but there is nothing we can show; the thread says so. `keys-changed`: nobody's words, `keyChange` says what. */
  content: 'text' | 'unreadable' | 'keys-changed';
  /** Only of what is unreadable, where more is known. */
  unreadable?: UnreadableWhy;
  /** How it travelled. Absent: plain, or not known yet while it waits. */
  protection?: Protection;
  /** Only with `keys-changed`. */
  keyChange?: KeyChange;
  /** Only while it is in the outbox; afterwards `deliveryState` derives it from the marks. */
  outbox?: OutboxState;
}

/** Something about keys that everybody in the conversation should see at its place. */
export interface KeyChange {
  /** A device of a person is new and waits for a word; or it is new where nobody compares; or it showed another key than before. */
  what:
    | 'new-device'
    | 'undecided-device'
    | 'other-identity'
    | `encryption-${EncryptionWish}`
    /** Of an encrypted room: who may read there is otherwise, or not what it was any more. */
    | 'member-came'
    | 'member-left'
    | 'room-unfit';
  /** Whose device, or who came and left; absent where it concerns the conversation. */
  person?: Address;
  device?: number;
}

/** Somebody else wrote it: what one may miss, count and hear. */
export const isOfOthers = ({ own, content }: Message): boolean => !own && content !== 'keys-changed';

/** With one person, the other is called what the list calls them, however they were called when the message came. */
export function namedAs<M extends Message>(message: M, { kind, title }: { kind: 'direct' | 'room'; title: string }): M {
  return kind === 'room' || message.own || message.authorName === title ? message : { ...message, authorName: title };
}

/** In a line: what it is called, and what was written to it. */
export const wordsOf = ({ file, text }: Pick<Message, 'file' | 'text'>): string => (file ? `${file.name} ${text}` : text);

export type OutboxState = { stage: 'queued' | 'sending' } | { stage: 'failed'; failure: Failure };

/** How far others and this person have come, as places in the thread. */
export interface ReadMarks {
  /** The newest own message that reached a device of the other. */
  deliveredUpTo: number;
  /** The newest own message that the other has seen. */
  displayedUpTo: number;
  /** The newest message this person has read, on any device. */
  readUpTo: number;
}

export const NO_MARKS: ReadMarks = { deliveredUpTo: -Infinity, displayedUpTo: -Infinity, readUpTo: -Infinity };

/** What someone hands to the composer. The id is minted once, so that a repeated send is the same message. */
export interface Draft {
  id: MessageId;
  text: string;
}

export type DeliveryState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

export function deliveryState(message: Message, marks: ReadMarks): DeliveryState {
  if (message.outbox) return message.outbox.stage;
  const order = message.order ?? -Infinity;
  if (order <= marks.displayedUpTo) return 'read';
  if (order <= marks.deliveredUpTo) return 'delivered';
  return 'sent';
}

/** About 64 KiB of UTF-8 in the worst case, well below every engine's limit on a stanza. */
export const LONGEST_TEXT = 16_000;
