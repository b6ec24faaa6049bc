// A bound on how often something may happen: a bucket that refills with time, so that nothing ticks while nothing happens.
import type { Clock } from '../../base/clock.ts';

export class Rate {
  #clock: Clock;
  #most: number;
  #perSecond: number;
  #left: number;
  #at: number;

  constructor(clock: Clock, most: number, perSecond: number) {
    this.#clock = clock;
    this.#most = most;
    this.#perSecond = perSecond;
    this.#left = most;
    this.#at = clock.now();
  }

  /** Whether it may happen once more now. A clock set back does not refill. */
  take(): boolean {
    const now = this.#clock.now();
    this.#left = Math.min(this.#most, this.#left + (Math.max(0, now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
