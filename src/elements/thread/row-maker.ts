// Makes the rows anew only when something they are made of has changed; the day is one of those things.
import { dayName, startOfDay } from '../../texts/dates.ts';
import { buildRows } from './build-rows.ts';
import type { Row } from './rows.ts';
import type { ThreadState } from './thread-state.ts';

export interface RowFacts {
  state: ThreadState;
  isRoom: boolean;
  newAbove: number | undefined;
  locale: string;
  now: number;
}

export class RowMaker {
  rows: readonly Row[] = [];
  #from: readonly unknown[] = [];

  make({ state, isRoom, newAbove, locale, now }: RowFacts): readonly Row[] {
    const from = [state, isRoom, newAbove, locale, startOfDay(now)];
    if (from.some((part, index) => part !== this.#from[index])) {
      this.#from = from;
      this.rows = buildRows(state, { isRoom, newAbove, dayKey: startOfDay, dayName: (at) => dayName(locale, at, now) });
    }
    return this.rows;
  }
}
