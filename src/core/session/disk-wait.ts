// Whether something has waited for the disk so long that a person should know: a window that stands still in the middle of writing holds it.
import type { Clock } from '../../base/clock.ts';
import type { Changes } from '../ports.ts';

const PATIENCE_MS = 5_000;

export class DiskWait {
  readonly #clock: Clock;
  readonly #changes: Changes;
  #overdue = 0;

  constructor(clock: Clock, changes: Changes) {
    this.#clock = clock;
    this.#changes = changes;
  }

  get isLong(): boolean {
    return this.#overdue > 0;
  }

  async during<T>(work: Promise<T>): Promise<T> {
    let isOverdue = false;
    const cancel = this.#clock.after(PATIENCE_MS, () => {
      isOverdue = true;
      this.#count(1);
    });
    try {
      return await work;
    } finally {
      cancel();
      if (isOverdue) this.#count(-1);
    }
  }

  #count(by: number): void {
    const wasLong = this.isLong;
    this.#overdue += by;
    if (wasLong !== this.isLong) this.#changes.tell({ about: 'situation' });
  }
}
