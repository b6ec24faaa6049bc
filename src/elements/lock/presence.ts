// Tells the core now and then that somebody is at this tab: where being idle locks, that is what idle is measured by.
import type { SessionClient } from '../../client/session-client.ts';
import type { Situation } from '../../model/situation.ts';

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
/** Short beside the shortest wait there is. */
const EVERY_MS = 20_000;

export class Presence {
  #session: SessionClient | undefined;
  #watch: AbortController | undefined;
  #toldAt = -Infinity;

  /** Idempotent. Nobody is watched where nothing is measured by it. */
  follow(session: SessionClient | undefined, situation: Situation | undefined): void {
    this.#session = session;
    const isWanted = session !== undefined && (situation?.lock?.idle ?? 0) > 0;
    if (isWanted === (this.#watch !== undefined)) return;
    this.#watch?.abort();
    this.#watch = isWanted ? new AbortController() : undefined;
    if (this.#watch) this.#listen(this.#watch.signal);
  }

  #listen(signal: AbortSignal): void {
    for (const sign of SIGNS) addEventListener(sign, this.#seen, { capture: true, passive: true, signal });
  }

  readonly #seen = ({ timeStamp }: Event): void => {
    if (timeStamp - this.#toldAt < EVERY_MS) return;
    this.#toldAt = timeStamp;
    void this.#session?.tellPresent();
  };
}
