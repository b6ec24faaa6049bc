// What is taken from one device to another, who hands it out, and who takes it in.
import type { Address } from '../model/account.ts';
import type { ConversationId } from '../model/conversation.ts';
import type { Answer } from '../model/failure.ts';
import type { CarriedTrust } from './carried-trust.ts';
import type { ConversationRecord, StoredGap, StoredMessage } from './ports.ts';

/** What of a conversation is worth having again elsewhere. Of a room one is no part until one joins it. */
export type BackupConversation = Pick<
  ConversationRecord,
  'id' | 'kind' | 'title' | 'muted' | 'pinned' | 'draft' | 'marks' | 'encryption' | 'complete' | 'room'
> & { readonly isContact: boolean };

export interface BackupItem {
  /** `order` is the place it has where the backup is written. */
  readonly message: StoredMessage;
  /** Something is missing just above (older than) it. */
  readonly gap?: Pick<StoredGap, 'beforeArchiveId' | 'afterArchiveId'>;
}

/** The account, as a backup reads it. */
export interface BackupSource {
  readonly self: Address;
  /** As they are now. Whatever comes later is not in it. */
  conversations(): readonly BackupConversation[];
  /** The next items above this place, ascending; none at the end. */
  page(conversation: ConversationId, above: number): Promise<Answer<readonly BackupItem[]>>;
  trust(): Promise<readonly CarriedTrust[]>;
}

/** The account, as a restore writes it. Each answers once it is on the disk; doing it twice is doing it once. */
export interface BackupTarget {
  readonly self: Address;
  begin(conversation: BackupConversation): Promise<Answer<void>>;
  /** Of the conversation that was begun last, ascending. */
  take(items: readonly BackupItem[]): Promise<Answer<void>>;
  /** Of the same conversation nothing more comes. */
  end(): Promise<Answer<void>>;
  /** On how many devices it decided. */
  takeTrust(carried: readonly CarriedTrust[]): Promise<Answer<number>>;
  count(): { added: number; recovered: number };
}
