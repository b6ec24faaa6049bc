// Secrets as bytes: what a field holds is text that nobody can overwrite, what is made of it here is overwritten once it was used.
import type { LockSecret, LockWish } from '../../contracts/lock.ts';
import { normalized } from '../../model/passphrase.ts';

export const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];

export const passphraseSecret = (text: string): LockSecret => ({ by: 'passphrase', bytes: bytesOf(normalized(text)) });
export const recoverySecret = (code: string): LockSecret => ({ by: 'recovery', bytes: bytesOf(code) });

export function overwrite(...secrets: readonly (LockSecret | number[] | undefined)[]): void {
  for (const secret of secrets) (Array.isArray(secret) ? secret : secret?.bytes)?.fill(0);
}

export function overwriteWish(wish: LockWish): void {
  overwrite(wish.current);
  if (wish.mode === 'passphrase') overwrite(wish.passphrase);
  if (wish.mode === 'passkey') overwrite(wish.answer, wish.recovery);
}
