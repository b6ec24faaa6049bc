// Whether the engine is still there. A dead line says nothing: only an unanswered question shows it.
//
//   quiet    nothing asked; while somebody looks, a question after a minute without a word
//   asked    an answer is awaited
//   slow     no answer for five seconds: the person is told
//   dead     no word at all for thirteen seconds: the line is cut; for two and a half where it had been silent for long before
import type { Clock } from '../../base/clock.ts';

export const SLOW_AFTER_MS = 5_000;
export const DEAD_AFTER_MS = 13_000;
export const IDLE_MS = 60_000;
/** No question was asked for so long: the machine slept, or nobody looked. Such a line is dead more often than slow. */
export const LONG_SILENCE_MS: number = 2 * IDLE_MS;
export const DEAD_AFTER_SILENCE_MS = 2_500;

export interface LivenessUser {
  /** Asks for a sign of life, answered by `answered`. */
  probe(): void;
  slowChanged(isSlow: boolean): void;
  died(): void;
}

export class Liveness {
  readonly #clock: Clock;
  readonly #user: LivenessUser;
  #heardAt: number;
  #askedAt: number | undefined;
  #patienceMs = DEAD_AFTER_MS;
  #isSlow = false;
  #isActive = false;
  #cancelWait: (() => void) | undefined;
  #cancelIdle: (() => void) | undefined;

  constructor(clock: Clock, user: LivenessUser) {
    this.#clock = clock;
    this.#user = user;
    this.#heardAt = clock.now();
  }

  get isAsked(): boolean {
    return this.#askedAt !== undefined;
  }

  heard(): void {
    this.#heardAt = this.#clock.now();
    this.#patienceMs = DEAD_AFTER_MS;
  }

  asked(): void {
    if (this.#askedAt !== undefined) return;
    this.#askedAt = this.#now();
    if (this.#askedAt - this.#heardAt >= LONG_SILENCE_MS) this.#patienceMs = DEAD_AFTER_SILENCE_MS;
    this.#wait(Math.min(SLOW_AFTER_MS, this.#patienceMs));
  }

  answered(): void {
    this.#cancelWait?.();
    this.#askedAt = undefined;
    this.#setSlow(false);
  }

  /** Nobody looks: no timer runs, and the line is asked as soon as somebody does again. */
  setActive(isActive: boolean): void {
    if (this.#isActive === isActive) return;
    this.#isActive = isActive;
    this.#cancelIdle?.();
    if (isActive) this.#watchIdle();
  }

  /** Something hints at a change of network, or somebody looks again. */
  doubt(): void {
    if (!this.isAsked) this.#user.probe();
  }

  stop(): void {
    this.#cancelWait?.();
    this.#cancelIdle?.();
  }

  #watchIdle(): void {
    const quietMs = this.#now() - this.#heardAt;
    if (quietMs >= IDLE_MS) this.doubt();
    const nextMs = quietMs >= IDLE_MS ? IDLE_MS : IDLE_MS - quietMs;
    this.#cancelIdle = this.#clock.after(nextMs, () => this.#watchIdle());
  }

  #wait(delayMs: number): void {
    this.#cancelWait = this.#clock.after(delayMs, () => this.#judge());
  }

  /** Words that keep coming are life too, though the answer is late: then the line is slow, not dead. */
  #judge(): void {
    const now = this.#now();
    const askedAt = this.#askedAt ?? now;
    const silentMs = now - Math.max(this.#heardAt, askedAt);
    if (silentMs >= this.#patienceMs) return this.#user.died();
    const untilSlowMs = askedAt + SLOW_AFTER_MS - now;
    if (untilSlowMs > 0) return this.#wait(untilSlowMs);
    this.#setSlow(true);
    this.#wait(this.#patienceMs - silentMs);
  }

  /** Where the clock was set back, what lies ahead of it now was just before. */
  #now(): number {
    const now = this.#clock.now();
    this.#heardAt = Math.min(this.#heardAt, now);
    if (this.#askedAt !== undefined) this.#askedAt = Math.min(this.#askedAt, now);
    return now;
  }

  #setSlow(isSlow: boolean): void {
    if (this.#isSlow === isSlow) return;
    this.#isSlow = isSlow;
    this.#user.slowChanged(isSlow);
  }
}
