// Whether more is on its way. Told only when it takes longer than anybody notices.
import type { Clock } from '../../base/clock.ts';
import type { Changes } from '../ports.ts';

const PATIENCE_MS = 2_000;

export class CatchingUp {
  readonly #clock: Clock;
  readonly #changes: Changes;
  #isUnderWay = false;
  #isTold = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, changes: Changes) {
    this.#clock = clock;
    this.#changes = changes;
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  get isTold(): boolean {
    return this.#isTold;
  }

  set(isUnderWay: boolean): void {
    this.#isUnderWay = isUnderWay;
    this.stop();
    if (isUnderWay) this.#cancel = this.#clock.after(PATIENCE_MS, () => this.#tell(true));
    else this.#tell(false);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #tell(isTold: boolean): void {
    if (this.#isTold === isTold) return;
    this.#isTold = isTold;
    this.#changes.tell({ about: 'situation' });
    this.#changes.tell({ about: 'conversations' });
  }
}
