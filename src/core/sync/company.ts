// What messages need to know of people and rooms.
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer } from '../../model/failure.ts';
import type { AuthorId } from '../../model/message.ts';
import type { Acquaintance } from './read-message.ts';

export interface Company extends Acquaintance {
  isJoined(room: Address): boolean;
  /** Who is there, and what it is, is not known yet. */
  isEntering(room: Address): boolean;
  /** The room keeps an archive and strips what others claim in its name. */
  hasArchive(room: Address): boolean;
  /** Everybody on the lists of a room that can be encrypted, or why it cannot. */
  membersOf(room: Address): Answer<readonly { address: Address }[]>;
  learnMembers(room: Address): Promise<void>;
  /** It is sure that only members read there, and that everybody sees who they are. */
  isPrivate(room: Address): boolean;
  ownAuthor(conversation: ConversationId): { id: AuthorId; name: string };
}
