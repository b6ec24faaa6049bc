// A conversation: with one person, or in a room. Plain data about where it stands now.
import type { Address } from './account.ts';
import type { Failure } from './failure.ts';
import type { Badge } from './protection.ts';

/** The address of the person or of the room. */
export type ConversationId = Address;

export type ConversationKind = 'direct' | 'room';

export interface Conversation {
  id: ConversationId;
  kind: ConversationKind;
  title: string;
  /** Messages of others after the read mark. */
  unread: number;
  /** One of them names this person. */
  mentioned: boolean;
  muted: boolean;
  pinned: boolean;
  lastActivityAt: number;
  preview?: Preview;
  draft?: string;
  /** So many files were chosen and not sent yet. */
  staged?: number;
  presence: Presence;
  standing: Standing;
  /** Names of those who are writing just now, at most three. */
  writing: readonly string[];
  /** What the thread's header may promise about who can read: computed from what was seen, never from a setting. */
  readability: Badge;
  /** What is written here goes encrypted. */
  encrypted: boolean;
  /** By the older method, as a person chose it, while the other side has nothing newer. */
  legacy?: boolean;
  room?: RoomState;
}

export interface Preview {
  /** With a file: its caption, or nothing. */
  text: string;
  file?: { name: string; type: string };
  own: boolean;
  /** Shown before the text in rooms. */
  authorName?: string;
  /** Of an own last message. */
  state?: 'waiting' | 'sent' | 'delivered' | 'read' | 'failed';
}

export type Presence = 'available' | 'away' | 'busy' | 'offline' | 'unknown';

/** Where the two stand with each other. A stranger's first message asks for a decision. */
export type Standing = 'contact' | 'asks-for-contact' | 'asked-by-us' | 'stranger' | 'member';

export interface RoomState {
  joined: 'joining' | 'joined' | 'left' | 'refused';
  subject?: string;
  memberCount: number;
  nick: string;
  /** Who asks this person to come in, where that is sure. */
  invitedBy?: string;
  failure?: Failure;
}

type Ranked = Pick<Conversation, 'id' | 'pinned' | 'lastActivityAt'>;

/** Pinned first, then the most recent; the address decides where both are equal, so that two tabs agree. */
export function compareConversations(a: Ranked, b: Ranked): number {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
  return b.lastActivityAt - a.lastActivityAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
