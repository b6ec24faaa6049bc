// What of a situation belongs in the bar.
import type { Situation } from '../../model/situation.ts';

export interface BarTrouble {
  kind: 'offline' | 'unreachable' | 'storage-full' | 'read-only' | 'held';
  /** Messages that will go out later. */
  waiting: number;
  canRetry: boolean;
}

/** The connection comes before the storage: one bar tells one thing. What ended for good has a face of its own. */
export function readTrouble({ connection, storage, sign, waiting }: Situation): BarTrouble | undefined {
  if (sign === 'signed-out' || sign === 'signing-in') return undefined;
  if (connection.stage === 'waiting') return connectionTrouble(connection.failure.kind === 'offline', waiting);
  if (connection.stage === 'connecting' && connection.attempt > 1) return connectionTrouble(false, waiting);
  if (storage === 'full') return { kind: 'storage-full', waiting, canRetry: false };
  if (storage === 'read-only') return { kind: 'read-only', waiting, canRetry: false };
  if (storage === 'held') return { kind: 'held', waiting, canRetry: false };
  return undefined;
}

function connectionTrouble(isOffline: boolean, waiting: number): BarTrouble {
  return { kind: isOffline ? 'offline' : 'unreachable', waiting, canRetry: true };
}
