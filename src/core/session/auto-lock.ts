// When it locks by itself: after nobody has touched a tab for a while, or none has been in sight. Time that the machine slept counts.
import type { Clock } from '../../base/clock.ts';
import type { AutoLock } from '../../model/lock.ts';

const NEVER: AutoLock = { idle: 0, hidden: 0 };
const MINUTE_MS = 60_000;
/** A timer of a sleeping machine stands still: looked at now and then it is never late by more. */
const LOOK_MS = 15_000;

export class AutoLocker {
  readonly #clock: Clock;
  readonly #lock: () => void;
  #auto: AutoLock = NEVER;
  #touchedAt: number;
  #hiddenSince: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, lock: () => void) {
    this.#clock = clock;
    this.#lock = lock;
    this.#touchedAt = clock.now();
  }

  get auto(): AutoLock {
    return this.#auto;
  }

  /** Undefined: nothing is set that could be locked, or it is. */
  follow(auto: AutoLock | undefined): void {
    this.#auto = auto ?? NEVER;
    this.#touchedAt = this.#clock.now();
    this.#look();
  }

  /** Too late counts as too late: whoever comes back to a machine that slept finds it locked. */
  touched(): void {
    if (this.#isOver) return this.#fire();
    this.#touchedAt = this.#clock.now();
  }

  setVisible(isVisible: boolean): void {
    if (this.#isOver) return this.#fire();
    this.#hiddenSince = isVisible ? undefined : (this.#hiddenSince ?? this.#clock.now());
    this.#look();
  }

  get #isOver(): boolean {
    const { idle, hidden } = this.#auto;
    const now = this.#clock.now();
    const isIdle = idle > 0 && now - this.#touchedAt >= idle * MINUTE_MS;
    return isIdle || (hidden > 0 && this.#hiddenSince !== undefined && now - this.#hiddenSince >= hidden * MINUTE_MS);
  }

  #look(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#isOver) return this.#fire();
    if (this.#auto.idle > 0 || (this.#auto.hidden > 0 && this.#hiddenSince !== undefined))
      this.#cancel = this.#clock.after(LOOK_MS, () => this.#look());
  }

  #fire(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#auto = NEVER;
    this.#lock();
  }
}
