// What is asked of the lock. Each event's name, travel and detail are declared here, once.
import type { LockSecret, LockWish } from '../../contracts/lock.ts';
import type { AutoLock } from '../../model/lock.ts';
import { requestKind, type RequestEvent, type RequestKind } from './request-event.ts';

/** Open it. The bytes are overwritten once it is answered. */
export type UnlockRequestEvent = RequestEvent<void> & { readonly secret: LockSecret };
export const UnlockRequestEvent: RequestKind<UnlockRequestEvent, [secret: LockSecret]> = requestKind(
  'warbler-unlock-request',
  (secret) => ({
    secret,
  }),
);

/** In every tab, at once. */
export type LockNowRequestEvent = RequestEvent<void>;
export const LockNowRequestEvent: RequestKind<LockNowRequestEvent> = requestKind('warbler-lock-now-request');

/** How it shall be held from now on. */
export type LockChangeRequestEvent = RequestEvent<void> & { readonly wish: LockWish };
export const LockChangeRequestEvent: RequestKind<LockChangeRequestEvent, [wish: LockWish]> = requestKind(
  'warbler-lock-change-request',
  (wish) => ({ wish }),
);

/** When it shall lock by itself. */
export type AutoLockRequestEvent = RequestEvent<void> & { readonly auto: AutoLock };
export const AutoLockRequestEvent: RequestKind<AutoLockRequestEvent, [auto: AutoLock]> = requestKind(
  'warbler-auto-lock-request',
  (auto) => ({
    auto,
  }),
);
