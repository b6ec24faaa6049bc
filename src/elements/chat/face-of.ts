// Which face the widget shows, from where the session stands. A table, so that no state is forgotten.
import type { ClientState } from '../../client/session-client.ts';
import type { Failure } from '../../model/failure.ts';
import type { Situation } from '../../model/situation.ts';

export type ChatFace =
  | { kind: 'starting' }
  | { kind: 'sign-in'; busy: boolean }
  | { kind: 'locked' }
  | { kind: 'main' }
  /** Something ended that does not mend itself. `keeps`: there is history behind it that can still be read. */
  | { kind: 'trouble'; failure: Failure; keeps: boolean };

export interface Standing {
  client: ClientState | undefined;
  clientFailure: Failure | undefined;
  situation: Situation | undefined;
  /** Why the situation could not be read. */
  situationFailure: Failure | undefined;
  /** The disk knows somebody who is signed in. */
  restored: boolean;
  /** The disk, or the core's last word, said that all is locked away. */
  locked: boolean;
}

export function faceOf({ client, clientFailure, situation, situationFailure, restored, locked }: Standing): ChatFace {
  if (client === 'refused') return trouble(clientFailure ?? { kind: 'reload-needed', older: 'tab' }, false);
  if (client === 'lost') return trouble(clientFailure ?? { kind: 'core-gone' }, situation?.sign === 'signed-in' || restored);
  // Until a core has looked at the disk nobody knows better.
  if (locked && !situation?.account && (situation?.sign ?? 'restoring') === 'restoring') return { kind: 'locked' };
  if (!situation) return restored ? { kind: 'main' } : situationFailure ? trouble(situationFailure, false) : { kind: 'starting' };
  const { connection, sign } = situation;
  switch (sign) {
    case 'signed-out':
      return connection.stage === 'stopped' && isFarewell(connection.failure)
        ? trouble(connection.failure, false)
        : { kind: 'sign-in', busy: false };
    case 'locked':
      return { kind: 'locked' };
    case 'signing-in':
      return { kind: 'sign-in', busy: true };
    case 'signed-in':
    case 'restoring':
      return connection.stage === 'stopped' ? trouble(connection.failure, true) : { kind: 'main' };
  }
}

/** Ends that deserve a screen of their own before the form comes back. A wrong password stands at its field instead. */
function isFarewell({ kind }: Failure): boolean {
  return kind === 'signed-in-elsewhere' || kind === 'account-disabled' || kind === 'service-not-secure';
}

const trouble = (failure: Failure, keeps: boolean): ChatFace => ({ kind: 'trouble', failure, keeps });
