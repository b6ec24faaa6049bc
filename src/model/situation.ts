// Where the whole session stands: what the header, the bars and the launcher tell.
import type { Account } from './account.ts';
import type { Failure } from './failure.ts';
import type { LockMinutes, LockMode } from './lock.ts';

export interface Situation {
  sign: SignState;
  account?: Account;
  connection: ConnectionState;
  storage: StorageState;
  unread: { messages: number; conversations: number; mentioned: boolean };
  /** Messages in the outbox that wait for the network. */
  waiting: number;
  /** Messages in the outbox that were refused: they stay until somebody decides. */
  unsent: number;
  /** History is being fetched; told only once it has taken longer than two seconds. */
  catchingUp: boolean;
  /** What is stored here is locked away whenever nobody is at it. Absent where no lock is set. */
  lock?: { mode: Exclude<LockMode, 'none'>; idle: LockMinutes };
  /** What the person should know once, each with its own dismissal. */
  notices: readonly Notice[];
}

/** What would be lost with this device's memory. */
export const countUnsent = (situation: Situation | undefined): number => (situation?.waiting ?? 0) + (situation?.unsent ?? 0);

/** `restoring`: a kept session is on its way, show what the disk has. `locked`: nothing is known of anybody before it is unlocked. */
export type SignState = 'signed-out' | 'locked' | 'restoring' | 'signing-in' | 'signed-in';

export type ConnectionState =
  | { stage: 'idle' }
  | { stage: 'connecting'; attempt: number }
  | { stage: 'online'; slow: boolean }
  | { stage: 'waiting'; retryAt: number; attempt: number; failure: Failure }
  /** Ended for a reason that trying again does not mend. */
  | { stage: 'stopped'; failure: Failure };

/** `held`: nothing could be read or written for some seconds, as when a window that stands still was writing. Nobody knows which. */
export type StorageState = 'durable' | 'memory' | 'full' | 'read-only' | 'held';

export type Notice =
  | { kind: 'history-refetched'; since: number }
  /** The oldest messages made room on a full disk; the archive still has them. */
  | { kind: 'history-trimmed' }
  /** Something waited to be sent and could not be read any more. */
  | { kind: 'outbox-lost' }
  | { kind: 'clock-wrong'; offByMs: number }
  /** Another own device told of comparisons and refusals, of so many people's keys. */
  | { kind: 'keys-told'; people: number; from?: string }
  | { kind: 'storage-memory-only' }
  | { kind: 'storage-full' };
