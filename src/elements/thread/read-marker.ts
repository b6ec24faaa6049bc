// What counts as read: the tab is visible, the thread is in sight, and at least half of the message has been for a second.
import type { Clock } from '../../base/clock.ts';

const DWELL_MS = 1000;

export class ReadMarker {
  /** Replaced by tests. */
  clock: Clock;
  readonly #tell: (upTo: number) => void;
  readonly #since = new Map<number, number>();
  #readUpTo = -Infinity;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, tell: (upTo: number) => void) {
    this.clock = clock;
    this.#tell = tell;
  }

  reset(): void {
    this.rest();
    this.#readUpTo = -Infinity;
  }

  /** Nothing is in sight: no timer runs. */
  rest(): void {
    this.#since.clear();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** The unread messages of others that are in sight just now, and how far is read already. */
  see(orders: readonly number[], readUpTo: number): void {
    this.#readUpTo = Math.max(this.#readUpTo, readUpTo);
    const now = this.clock.now();
    const unread = orders.filter((order) => order > this.#readUpTo);
    for (const order of this.#since.keys()) if (!unread.includes(order)) this.#since.delete(order);
    for (const order of unread) if (!this.#since.has(order)) this.#since.set(order, now);
    if (this.#since.size === 0) this.rest();
    else this.#wait();
  }

  #wait(): void {
    if (this.#cancel) return;
    const earliest = Math.min(...this.#since.values());
    this.#cancel = this.clock.after(Math.max(0, earliest + DWELL_MS - this.clock.now()), () => this.#tellDwelt());
  }

  #tellDwelt(): void {
    this.#cancel = undefined;
    const due = this.clock.now() - DWELL_MS;
    const dwelt = [...this.#since].filter(([, since]) => since <= due).map(([order]) => order);
    for (const order of dwelt) this.#since.delete(order);
    const upTo = Math.max(...dwelt, -Infinity);
    if (upTo > this.#readUpTo) {
      this.#readUpTo = upTo;
      this.#tell(upTo);
    }
    if (this.#since.size > 0) this.#wait();
  }
}
