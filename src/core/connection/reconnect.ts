// When to try again. At random within a growing time, never twice a second, and never so often that a bad network is beaten to death.
import { createBackoff, type Backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';

const SPACING_MS = 1_000;
const MOST_IN_WINDOW = 30;
const WINDOW_MS = 600_000;
/** A stream that lived as long as this was a good one: if each does, they are never thirty in ten minutes. */
const STABLE_MS: number = WINDOW_MS / MOST_IN_WINDOW;

/** How often the clock on the wall is asked while somebody looks and waits. */
const LOOK_MS = 4_000;

export class Reconnect {
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  /** When sockets were opened, the last thirty of them. */
  #dialledAt: number[] = [];
  #liveSince: number | undefined;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#backoff = createBackoff(random);
  }

  dialled(): void {
    this.#dialledAt = [...this.#dialledAt, this.#clock.now()].slice(-MOST_IN_WINDOW);
  }

  wentLive(): void {
    this.#liveSince = this.#clock.now();
  }

  ended(): void {
    if (this.#liveSince !== undefined && this.#clock.now() - this.#liveSince >= STABLE_MS) this.#backoff.reset();
    this.#liveSince = undefined;
  }

  /** Somebody looks again, or a network is there: what failed before says nothing about how long they are to wait from now on. */
  seen(): void {
    this.#backoff.reset();
  }

  delayMs(): number {
    return Math.max(this.#backoff.nextDelayMs(), this.soonestMs());
  }

  /** Timers stand still while the machine sleeps, and nothing tells of its waking where the page is in front and the network seems the same. */
  wait(delayMs: number, isSeen: () => boolean, work: () => void): () => void {
    const until = this.#clock.now() + delayMs;
    let cancel = (): void => {};
    const waitOn = (leftMs: number): void => {
      const partMs = isSeen() ? Math.min(leftMs, LOOK_MS) : leftMs;
      cancel = this.#clock.after(partMs, () => {
        const nextMs = Math.min(leftMs - partMs, until - this.#clock.now());
        if (nextMs > 0) return waitOn(nextMs);
        if (nextMs < -LOOK_MS) this.seen();
        work();
      });
    };
    waitOn(delayMs);
    return () => cancel();
  }

  /** Even where there is news of a network, or somebody looks: both may come and go. */
  soonestMs(): number {
    const now = this.#clock.now();
    // A clock that was set back says nothing of what came before.
    this.#dialledAt = this.#dialledAt.filter((at) => at <= now);
    const last = this.#dialledAt.at(-1) ?? -Infinity;
    const oldest = this.#dialledAt.length < MOST_IN_WINDOW ? -Infinity : (this.#dialledAt[0] ?? -Infinity);
    return Math.max(0, last + SPACING_MS - now, oldest + WINDOW_MS - now);
  }
}
