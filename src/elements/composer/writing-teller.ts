// Tells the other side that somebody is writing: not before it has gone on for a moment, at most every three seconds, and that it stopped
// after ten without a key. A message says by itself that the writing is over, and what is written in a moment was never waited for.
import type { Clock } from '../../base/clock.ts';

const BEGUN_MS = 500;
const APART_MS = 3000;
const IDLE_MS = 10_000;

export class WritingTeller {
  clock: Clock;
  readonly #tell: (writing: boolean) => void;
  #toldAt: number | undefined;
  #cancelBegin: (() => void) | undefined;
  #cancelIdle: (() => void) | undefined;

  constructor(clock: Clock, tell: (writing: boolean) => void) {
    this.clock = clock;
    this.#tell = tell;
  }

  write(hasText: boolean): void {
    if (!hasText) return this.stop();
    this.#cancelIdle?.();
    this.#cancelIdle = this.clock.after(IDLE_MS, () => this.stop());
    if (this.#toldAt === undefined) this.#cancelBegin ??= this.clock.after(BEGUN_MS, () => this.#say());
    else if (this.clock.now() - this.#toldAt >= APART_MS) this.#say();
  }

  /** Emptied, left or idle. */
  stop(): void {
    const isTold = this.#toldAt !== undefined;
    this.sent();
    if (isTold) this.#tell(false);
  }

  sent(): void {
    this.#cancelBegin?.();
    this.#cancelIdle?.();
    this.#cancelBegin = this.#cancelIdle = this.#toldAt = undefined;
  }

  #say(): void {
    this.#toldAt = this.clock.now();
    this.#tell(true);
  }
}
