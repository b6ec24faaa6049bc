// The clock of a page. Tests hand in one that they wind by hand.
import type { Clock } from '../base/clock.ts';

export const pageClock: Clock = {
  now: () => Date.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};
