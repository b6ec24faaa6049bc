// Who may read in an encrypted room, as it is remembered.
import type { Address } from './account.ts';
import type { RoomUnfit } from './protection.ts';

export interface StoredReaders {
  /** On the lists when they were last looked at, this account left out: what changed since then is told. */
  listed: readonly Address[];
  /** A person knows that they read. */
  approved: readonly Address[];
  /** Written past as long as they have no device, as a person decided. */
  without: readonly Address[];
  /** Nothing is written there any more, and that was told. */
  unfit?: RoomUnfit;
}
