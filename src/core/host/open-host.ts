// Takes the seat, then opens the core in it: a core starts writing as soon as it exists.
import { digestName } from '../../base/digest.ts';
import type { Clock } from '../../base/clock.ts';
import type { CoreIdentity } from '../../contracts/port.ts';
import { hostCore, type CoreHost } from '../host.ts';
import type { Log } from '../ports.ts';
import type { Core } from '../session/core.ts';
import { takeSeat } from './seat.ts';

export interface HostWish {
  identity: CoreIdentity;
  locks: LockManager;
  clock: Clock;
  log: Log;
  /** The seat's holder does not answer: take it. */
  seize: boolean;
  createCore(): Core;
  /** The seat has been taken for a while; the wait goes on. */
  waiting(): void;
  /** Another core took the seat, or this one is done: it ends with its worker. */
  lost(): void;
}

/** A core that died a moment ago may still hold its locks. */
const PATIENCE_MS = 2_000;

export async function openHost(wish: HostWish): Promise<CoreHost> {
  const { locks, clock, log, lost, seize } = wish;
  const digest = digestName(wish.identity.organisation, wish.identity.profile);
  const stopWaiting = clock.after(PATIENCE_MS, wish.waiting);
  const { coreLock } = await takeSeat({ locks, digest, seize, lost }).finally(stopWaiting);
  return hostCore(wish.createCore(), { coreLock, clock, log, locks, retire: lost });
}
