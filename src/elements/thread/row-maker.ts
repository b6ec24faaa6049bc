// Makes the rows anew only when something they are made of has changed; the day is one of those things.
import { dayName, nextMidnight, startOfDay } from '../../texts/dates.ts';
import type { Texts } from '../../texts/texts.ts';
import { buildRows } from './build-rows.ts';
import type { Row } from './rows.ts';
import type { ThreadState } from './thread-state.ts';

export interface RowFacts {
  state: ThreadState;
  isRoom: boolean;
  newAbove: number | undefined;
  texts: Texts;
  now: number;
}

export class RowMaker {
  rows: readonly Row[] = [];
  #from: readonly unknown[] = [];

  make({ state, isRoom, newAbove, texts, now }: RowFacts): readonly Row[] {
    const from = [state, isRoom, newAbove, texts, startOfDay(now)];
    if (from.some((part, index) => part !== this.#from[index])) {
      this.#from = from;
      const rows = buildRows(state, { isRoom, newAbove, dayKey: dayKeys(), dayName: (at) => dayName(texts.dates, at, now) });
      this.rows = keepEqual(this.rows, rows);
    }
    return this.rows;
  }
}

/** A row that did not change stays the same object, so that it is not drawn again. */
function keepEqual(known: readonly Row[], fresh: readonly Row[]): readonly Row[] {
  const byMessage = new Map(known.map((row) => [row.message, row]));
  return fresh.map((row) => {
    const old = byMessage.get(row.message);
    return old && isSame(old, row) ? old : row;
  });
}

const PARTS: Record<keyof Row, true> = {
  message: true,
  day: true,
  startsNew: true,
  gap: true,
  startsConversation: true,
  first: true,
  last: true,
  showsName: true,
  state: true,
  showsState: true,
};
const NAMES = Object.keys(PARTS) as (keyof Row)[];

const isSame = (a: Row, b: Row): boolean => NAMES.every((name) => a[name] === b[name]);

/** Most messages are of the day of the one before. */
function dayKeys(): (at: number) => number {
  let [from, to] = [NaN, NaN];
  return (at) => {
    if (!(at >= from && at < to)) [from, to] = [startOfDay(at), nextMidnight(at)];
    return from;
  };
}
