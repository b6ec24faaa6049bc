// Turns the requests of the lock's face and sheet into session calls. They bring this along: no thread has to wait for it.
import type { SessionClient } from '../../client/session-client.ts';
import { AutoLockRequestEvent, LockChangeRequestEvent, LockNowRequestEvent, UnlockRequestEvent } from '../events/lock-requests.ts';
import { answering } from '../events/request-event.ts';

export function serveLockNow(target: EventTarget, session: () => SessionClient | undefined): void {
  answering(target, session)(LockNowRequestEvent, (_, calls) => calls.lockNow());
}

export function serveLockRequests(target: EventTarget, session: () => SessionClient | undefined): void {
  const on = answering(target, session);
  on(UnlockRequestEvent, (event, calls) => calls.unlock(event.secret));
  on(LockChangeRequestEvent, (event, calls) => calls.setLock(event.wish));
  on(AutoLockRequestEvent, (event, calls) => calls.setAutoLock(event.auto));
}
