// Tells the other side that somebody is writing: at most every three seconds, and that it stopped after ten without a key.
import type { Clock } from '../../base/clock.ts';

const APART_MS = 3000;
const IDLE_MS = 10_000;

export class WritingTeller {
  clock: Clock;
  readonly #tell: (writing: boolean) => void;
  #toldAt = -Infinity;
  #isTold = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, tell: (writing: boolean) => void) {
    this.clock = clock;
    this.#tell = tell;
  }

  write(hasText: boolean): void {
    if (!hasText) return this.stop();
    const now = this.clock.now();
    this.#cancel?.();
    this.#cancel = this.clock.after(IDLE_MS, () => this.stop());
    if (now - this.#toldAt < APART_MS) return;
    this.#toldAt = now;
    this.#isTold = true;
    this.#tell(true);
  }

  /** Sent, emptied, left or idle. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#isTold) return;
    this.#isTold = false;
    this.#toldAt = -Infinity;
    this.#tell(false);
  }
}
