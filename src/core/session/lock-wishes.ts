// What a port says of the lock, as checked parts: bytes are copied out and overwritten where they came from.
import { fromBase64 } from '../../base/base64.ts';
import type { LockSecret, LockWish } from '../../contracts/lock.ts';
import { LOCK_MINUTES, type AutoLock, type LockMinutes } from '../../model/lock.ts';
import { isStrongEnough } from '../../model/passphrase.ts';
import { readRecoveryCode } from '../../model/recovery-code.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { LockChange, Secret } from '../storage/lock/lock.ts';

const LONGEST_SECRET = 1024;
const PRF_LENGTH = 32;
const UNREADABLE = failed({ kind: 'refused', reason: 'other' });

export function readSecret(given: LockSecret | undefined): Secret | undefined {
  const { by, bytes } = { ...given };
  const taken = takeBytes(bytes);
  return taken && (by === 'passphrase' || by === 'passkey' || by === 'recovery') ? { by, bytes: taken } : undefined;
}

export function readChange(wish: LockWish): Answer<LockChange> {
  if (wish.mode === 'none') return succeeded({ mode: 'none' });
  return wish.mode === 'passphrase' ? readPassphrase(wish.passphrase) : readPasskey(wish);
}

export function readAutoLock({ idle, hidden }: AutoLock): AutoLock | undefined {
  return isMinutes(idle) && isMinutes(hidden) ? { idle, hidden } : undefined;
}

export const forget = (...secrets: readonly (Secret | undefined)[]): void => secrets.forEach((secret) => secret?.bytes.fill(0));

function readPassphrase(given: number[]): Answer<LockChange> {
  const bytes = takeBytes(given);
  if (!bytes) return UNREADABLE;
  if (isStrongEnough(new TextDecoder().decode(bytes))) return succeeded({ mode: 'passphrase', secrets: [{ by: 'passphrase', bytes }] });
  bytes.fill(0);
  return UNREADABLE;
}

function readPasskey(wish: Extract<LockWish, { mode: 'passkey' }>): Answer<LockChange> {
  const [answer, recovery] = [takeBytes(wish.answer), takeBytes(wish.recovery)];
  const [credential, salt] = [fromBase64(String(wish.credential)), fromBase64(String(wish.salt))];
  if (answer?.length !== PRF_LENGTH || !recovery || !credential || salt?.length !== PRF_LENGTH) return UNREADABLE;
  if (readRecoveryCode(new TextDecoder().decode(recovery)) === undefined) return UNREADABLE;
  const secrets: Secret[] = [
    { by: 'passkey', bytes: answer },
    { by: 'recovery', bytes: recovery },
  ];
  return succeeded({ mode: 'passkey', secrets, passkey: { credential, salt } });
}

function takeBytes(given: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (!Array.isArray(given) || given.length === 0 || given.length > LONGEST_SECRET) return undefined;
  const isByte = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 256;
  const taken = given.every(isByte) ? Uint8Array.from(given as number[]) : undefined;
  given.fill(0);
  return taken;
}

const isMinutes = (value: unknown): value is LockMinutes => LOCK_MINUTES.includes(value as LockMinutes);
