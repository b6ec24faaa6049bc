// Files that were chosen and not sent yet, as a tab keeps them over a reload.
import type { MessageId } from '../model/message.ts';

export interface StagedDraft {
  /** Of the message it is to become. */
  id: MessageId;
  name: string;
  file: Blob;
  /** A picture goes with what its camera wrote into it. */
  asIs: boolean;
}

/** Those that are still to be sent, in this order: all others are let go. */
export interface StagedOrder {
  files: readonly Pick<StagedDraft, 'id' | 'asIs'>[];
}
