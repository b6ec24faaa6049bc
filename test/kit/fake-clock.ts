// Time that tests wind by hand.
import type { Clock } from '../../src/base/clock.ts';

export interface FakeClock extends Clock {
  /** Runs what falls due on the way, in order, what is newly asked for included. */
  advance(ms: number): void;
  /** As of a machine that sleeps: the clock goes on, no timer does. */
  sleep(ms: number): void;
  /** How many timers run. */
  pending(): number;
}

export function fakeClock(startAt: number = Date.UTC(2026, 0, 1)): FakeClock {
  let now = startAt;
  let timers: { at: number; work: () => void }[] = [];
  const takeNextDue = (until: number): { at: number; work: () => void } | undefined => {
    const due = timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
    timers = timers.filter((one) => one !== due);
    return due;
  };
  return {
    now: () => now,
    after(delayMs, work) {
      const timer = { at: now + Math.max(0, delayMs), work };
      timers.push(timer);
      return () => void (timers = timers.filter((one) => one !== timer));
    },
    advance(ms) {
      const until = now + ms;
      for (let due = takeNextDue(until); due; due = takeNextDue(until)) {
        now = Math.max(now, due.at);
        due.work();
      }
      now = until;
    },
    sleep(ms) {
      now += ms;
      for (const timer of timers) timer.at += ms;
    },
    pending: () => timers.length,
  };
}
