// Words that were handed in and are not on the disk yet: whoever ends the session waits for them, a moment at most.
import type { Clock } from '../../base/clock.ts';

/** What takes longer than this for a few words may take for ever. */
const MOMENT_MS = 1_000;

export class HandedIn {
  readonly #open = new Set<Promise<unknown>>();

  follow<T>(work: Promise<T>): Promise<T> {
    const isOver = (): void => void this.#open.delete(work);
    this.#open.add(work);
    work.then(isOver, isOver);
    return work;
  }

  settled(clock: Clock): Promise<void> {
    if (this.#open.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const stopWaiting = clock.after(MOMENT_MS, resolve);
      void Promise.allSettled(this.#open).then(() => (stopWaiting(), resolve()));
    });
  }
}
