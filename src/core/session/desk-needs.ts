// What backups need of the account.
import type { Clock } from '../../base/clock.ts';
import type { Address } from '../../model/account.ts';
import type { Encryption, World } from '../ports.ts';
import type { RestoreThreadNeeds } from '../sync/restored/restore-thread.ts';

export interface DeskNeeds extends RestoreThreadNeeds {
  self: Address;
  world: Pick<World, 'subtle' | 'random' | 'log'>;
  clock: Clock;
  now(): number;
  encryption(): Promise<Encryption>;
  /** The store was read. */
  lookForLosses(): void;
}
