// What a tab asks of the lock. Secrets travel as plain bytes, never as text: both sides overwrite them once they are used.
import type { AutoLock, LockMode } from '../model/lock.ts';

export interface LockState extends AutoLock {
  mode: LockMode;
  isLocked: boolean;
  /** Nothing of this account lies on the disk, so there is nothing to lock. */
  isInMemory: boolean;
  /** What the page asks the authenticator with; base64. Present while a passkey opens it. */
  passkey?: { credential: string; salt: string };
}

/** What opens it: UTF-8 of a passphrase or a recovery code, or the 32 bytes of an authenticator. */
export interface LockSecret {
  by: 'passphrase' | 'passkey' | 'recovery';
  bytes: number[];
}

/** How it shall be held from now on. `current` opens it as it is; not asked for where nothing is set. */
export type LockWish = { current?: LockSecret } & (
  | { mode: 'none' }
  | { mode: 'passphrase'; passphrase: number[] }
  | { mode: 'passkey'; answer: number[]; credential: string; salt: string; recovery: number[] }
);
