// Expected trouble, told by what the person can do next. Defects throw; these are answered.

import type { Address } from './account.ts';
import type { RoomUnfit } from './protection.ts';

export type Failure =
  /** No network. What was written waits in the outbox and goes out by itself. */
  | { kind: 'offline' }
  /** The other side did not answer in time. Trying again is safe. */
  | { kind: 'no-answer' }
  | { kind: 'service-unreachable'; service: string }
  /** `ws:` beyond loopback, or a service that offers nothing but an unsafe sign-in. */
  | { kind: 'service-not-secure'; service: string }
  /** What answers there is no chat service, or it failed to prove that it knows the password. */
  | { kind: 'service-unsuitable'; service: string; why: 'not-xmpp' | 'no-safe-sign-in' | 'not-proven' }
  | { kind: 'wrong-credentials' }
  | { kind: 'address-invalid'; address: string }
  | { kind: 'account-disabled' }
  | { kind: 'signed-in-elsewhere' }
  | { kind: 'not-signed-in' }
  /** Nothing of this device can be read before it is unlocked. */
  | { kind: 'locked' }
  | { kind: 'storage-full' }
  | { kind: 'storage-blocked' }
  | { kind: 'message-too-long'; limit: number }
  | { kind: 'message-empty' }
  /** The service or the other person said no. `reason` is one of a few words the texts know. */
  | { kind: 'refused'; reason: Refusal; said?: string }
  | { kind: 'not-found' }
  | { kind: 'too-many-requests' }
  /** This tab is older than the running core, or newer: reloading brings them together. */
  | { kind: 'reload-needed'; older: 'tab' | 'core' }
  /** It can only go out once a person has decided on devices: `person` has so many that nobody has let in. */
  | { kind: 'keys-undecided'; person: Address; devices: number }
  /**
   * Somebody cannot be written to encrypted now: there is no device, or its keys cannot be had. Never sent in clear instead. In a room
   * `people` are all of them, and a person may decide to write past them.
   */
  | { kind: 'keys-missing'; person: Address; people?: readonly Address[] }
  /** These came into an encrypted room since a person last said who may read there: it waits for a word. */
  | { kind: 'members-changed'; came: readonly Address[] }
  /** An encrypted room cannot be encrypted any more, as it stands. Never sent in clear instead. */
  | { kind: 'room-unfit'; why: RoomUnfit }
  /** The service takes no files. */
  | { kind: 'no-uploads' }
  /** What is written there goes in the older method, which carries words alone. Never sent in clear instead. */
  | { kind: 'legacy-no-files' }
  /** In bytes. */
  | { kind: 'file-too-large'; limit: number }
  /** It has to be fetched first. */
  | { kind: 'not-fetched' }
  /** Where it was kept it is no more. */
  | { kind: 'file-gone' }
  /** What came is not what its sender sent. */
  | { kind: 'file-changed' }
  /** The core died and did not come back within the deadline. */
  | { kind: 'core-gone' };

export type Refusal = 'blocked' | 'forbidden' | 'members-only' | 'banned' | 'name-taken' | 'unknown-person' | 'too-large' | 'other';

export type FailureKind = Failure['kind'];

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export const succeeded = <T>(value: T): Answer<T> => ({ ok: true, value });
export const failed = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure });

/** Whether trying the same thing again, unchanged, can help. */
export function canRetry(failure: Failure): boolean {
  switch (failure.kind) {
    case 'offline':
    case 'no-answer':
    case 'service-unreachable':
    case 'storage-full':
    case 'too-many-requests':
    case 'keys-undecided':
    case 'keys-missing':
    case 'legacy-no-files':
    case 'members-changed':
    case 'room-unfit':
    case 'core-gone':
      return true;
    case 'refused':
      return failure.reason === 'other';
    default:
      return false;
  }
}

/** Whether it waits until somebody has keys that will do, or until it need not be encrypted so. */
export const lacksKeys = ({ kind }: Failure): boolean => kind === 'keys-missing' || kind === 'legacy-no-files';

/** Whether a person has to decide first who may read, where that is explained. */
export const needsDecision = (failure: Failure): boolean =>
  failure.kind === 'keys-undecided' ||
  failure.kind === 'members-changed' ||
  failure.kind === 'room-unfit' ||
  (failure.kind === 'keys-missing' && failure.people !== undefined);
