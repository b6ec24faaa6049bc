// Those who wait to hear how a join ended.
import type { Clock } from '../../../base/clock.ts';
import type { Address } from '../../../model/account.ts';
import { failed, type Answer } from '../../../model/failure.ts';

export class Waiters {
  readonly #clock: Clock;
  readonly #waiting = new Map<Address, Set<(answer: Answer<void>) => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wait(room: Address, deadlineMs: number): Promise<Answer<void>> {
    return new Promise((resolve) => {
      const all = this.#waiting.get(room) ?? new Set();
      this.#waiting.set(room, all);
      const cancel = this.#clock.after(deadlineMs, () => settle(failed({ kind: 'no-answer' })));
      const settle = (answer: Answer<void>): void => {
        cancel();
        all.delete(settle);
        resolve(answer);
      };
      all.add(settle);
    });
  }

  settle(room: Address, answer: Answer<void>): void {
    for (const one of this.#waiting.get(room) ?? []) one(answer);
  }

  settleAll(answer: Answer<void>): void {
    for (const room of this.#waiting.keys()) this.settle(room, answer);
  }
}
