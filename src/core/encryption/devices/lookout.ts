// Whoever is new on a list is looked at when it is heard, and not when somebody writes: once a minute for each list, so that nobody who
// changes theirs all the time is followed at every step, and what came meanwhile is looked at when the minute is over.
import type { Clock } from '../../../base/clock.ts';

const LOOKS_EVERY_MS = 60_000;

interface Rest {
  readonly cancel: () => void;
  /** Something came since. */
  next?: () => void;
}

export class Lookout {
  readonly #clock: Clock;
  readonly #resting = new Map<string, Rest>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  look(list: string, look: () => void): void {
    const rest = this.#resting.get(list);
    if (rest) return void (rest.next = look);
    this.#resting.set(list, { cancel: this.#clock.after(LOOKS_EVERY_MS, () => this.#goOn(list)) });
    look();
  }

  stop(): void {
    for (const { cancel } of this.#resting.values()) cancel();
    this.#resting.clear();
  }

  #goOn(list: string): void {
    const next = this.#resting.get(list)?.next;
    this.#resting.delete(list);
    if (next) this.look(list, next);
  }
}
