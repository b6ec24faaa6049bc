// The real clock of a worker or a page.
import type { Clock } from '../base/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};
