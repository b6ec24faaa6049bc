// Whether a resumed session is more than a shell. ejabberd 23.01 may lose a session from its table while it is being resumed again: the stream
// lives, what we say arrives, and nothing that is said to us does. What we say to ourselves must come back, or the session is begun anew.
import type { Clock } from '../../base/clock.ts';
import { writePing } from '../../xmpp/codecs/ping.ts';
import type { Connection, Log } from '../ports.ts';

/** At once, and again when what was left of the older stream has been cleared away. */
const LOOKS_AFTER_MS = [0, 3_000] as const;

export interface SessionCheckNeeds {
  connection: Connection;
  clock: Clock;
  log: Log;
}

export class SessionCheck {
  readonly #needs: SessionCheckNeeds;
  #cancels: (() => void)[] = [];

  constructor(needs: SessionCheckNeeds) {
    this.#needs = needs;
  }

  resumed(): void {
    this.stop();
    const { clock } = this.#needs;
    this.#cancels = LOOKS_AFTER_MS.map((afterMs) => clock.after(afterMs, () => void this.#look()));
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
  }

  async #look(): Promise<void> {
    const { connection, log } = this.#needs;
    const own = connection.fullAddress();
    if (own === undefined || connection.state().stage !== 'online') return;
    const answer = await connection.ask(writePing(own));
    // Silence may have other reasons; whoever is not there is said not to be.
    if (answer.ok || (answer.failure.kind !== 'refused' && answer.failure.kind !== 'not-found')) return;
    log.info('a resumed session was only a shell');
    connection.beginAnew();
  }
}
