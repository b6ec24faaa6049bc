// Who can read in a room, as a tab is shown it and as a person decides on it.
import type { Address } from '../model/account.ts';
import type { ConversationId } from '../model/conversation.ts';
import type { RoomUnfit } from '../model/protection.ts';
import type { KeysGlance } from './keys.ts';

export interface RoomReaders {
  room: ConversationId;
  /** Nothing can be written encrypted there, as it stands. */
  unfit?: RoomUnfit;
  /** Everybody on the lists of the room but this account, by name. */
  people: readonly RoomReader[];
  /** Somebody can be reached by the older method alone, and a person has not chosen it here. */
  older?: OlderInRoom;
}

/** Of legacy OMEMO in a room: for whose sake, and who would not read. */
export interface OlderInRoom {
  /** They have devices for it, and say that there is none for the newer method. */
  only: readonly Address[];
  /** Devices of these for the newer method were met before: somebody may hide them. */
  hadNewer: readonly Address[];
  /** These have no device for it. */
  lacking: readonly Address[];
}

export interface RoomReader extends Omit<KeysGlance, 'isVerified'> {
  name: string;
  /** Runs the room, or belongs to it. */
  role: 'owner' | 'admin' | 'member';
  /** Came after a person last said who may read. */
  isNew: boolean;
  /** A person has decided to write although nobody can encrypt for them. */
  isPassedOver: boolean;
}

/** Names everybody who was shown, so that it lets in nobody else. */
export interface ReadersDecision {
  people: readonly Address[];
  /** Those of them that are written past as long as they have no device. */
  without: readonly Address[];
}
