// How what lies on this device is kept from others, and what a person can choose.

/** `none`: kept from casual reading only. Else nothing of it can be read without what opens it. */
export type LockMode = 'none' | 'passphrase' | 'passkey';

/** Minutes until it locks by itself; 0: never. */
export type LockMinutes = 0 | 1 | 5 | 15 | 60;
export const LOCK_MINUTES: readonly LockMinutes[] = [1, 5, 15, 60, 0];

export interface AutoLock {
  /** After nobody has touched a tab for so long. */
  idle: LockMinutes;
  /** After no tab has been in sight for so long. */
  hidden: LockMinutes;
}
