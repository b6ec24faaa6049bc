// What the thread shows, row by row: plain data, built from the state alone. A row is one message with whatever stands above it,
// so that its key stays the same when a divider comes or goes.
import type { Gap } from '../../contracts/session.ts';
import type { DeliveryState, Message } from '../../model/message.ts';

export interface Row {
  message: Message;
  /** Words of the day that begins here. */
  day?: string;
  /** The first of what is new in this visit. */
  startsNew: boolean;
  gap?: Gap;
  /** The conversation begins here. */
  startsConversation: boolean;
  /** First and last of a run of messages by one person within five minutes. */
  first: boolean;
  last: boolean;
  /** Above the first of a run, in rooms. */
  showsName: boolean;
  state?: DeliveryState;
  /** Seen without pointing at it: the newest own message, and whatever still waits or failed. */
  showsState: boolean;
}
