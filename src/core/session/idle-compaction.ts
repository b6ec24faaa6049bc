// Folds what was written into smaller blocks once nothing else is to do. One timer after something was written, none when all is folded.
//   written ──quiet for some seconds──▶ a step ──more──▶ a step ──nothing more──▶ rests until something is written
//      ▲────────written meanwhile─────────┘
import type { Clock } from '../../base/clock.ts';
import { complain } from '../complain.ts';
import type { Log, Store } from '../ports.ts';

const QUIET_MS = 5_000;
/** Whoever wants to read gets a turn in between. */
const BETWEEN_STEPS_MS = 50;

export interface IdleCompactionNeeds {
  store: Pick<Store, 'compact' | 'state'>;
  clock: Clock;
  log: Log;
  /** History is being fetched. When that ends, `written` is called. */
  isBusy(): boolean;
}

export class IdleCompaction {
  readonly #needs: IdleCompactionNeeds;
  #lastWriteAt = -Infinity;
  #cancel: (() => void) | undefined;
  #isFolding = false;
  #isStopped = false;

  constructor(needs: IdleCompactionNeeds) {
    this.#needs = needs;
  }

  written(): void {
    this.#lastWriteAt = this.#needs.clock.now();
    if (!this.#isFolding) this.#schedule(QUIET_MS);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  #schedule(delayMs: number): void {
    if (this.#isStopped) return;
    this.#cancel ??= this.#needs.clock.after(delayMs, () => {
      this.#cancel = undefined;
      this.#look();
    });
  }

  #look(): void {
    const { clock, store, isBusy } = this.#needs;
    const quietFor = clock.now() - this.#lastWriteAt;
    if (quietFor < QUIET_MS) this.#schedule(QUIET_MS - quietFor);
    else if (!isBusy() && store.state() === 'durable') void this.#fold();
  }

  async #fold(): Promise<void> {
    this.#isFolding = true;
    const hasMore = await this.#needs.store.compact().catch((defect: unknown) => {
      complain(this.#needs.log, 'folding broke', defect);
      return false;
    });
    this.#isFolding = false;
    const isDisturbed = this.#needs.clock.now() - this.#lastWriteAt < QUIET_MS;
    if (hasMore || isDisturbed) this.#schedule(isDisturbed ? QUIET_MS : BETWEEN_STEPS_MS);
  }
}
