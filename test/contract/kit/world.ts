// The few real things a hosted small core needs, in workers and pages.
import type { Clock } from '../../../src/base/clock.ts';
import type { FirstPage } from '../../../src/contracts/port.ts';
import type { Log } from '../../../src/core/ports.ts';

export const realClock: Clock = {
  now: () => Date.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};

export const quietLog: Log = { error() {}, info() {}, debug() {} };

export const FIRST_PAGE: FirstPage = {
  warbler: 'first-page',
  account: { address: 'ying@garden.example', name: 'ying', services: [] } as never,
  conversations: [],
};
