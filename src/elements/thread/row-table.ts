// How tall each row is, as measured or as estimated until it has been, and so where it stands. Numbers alone; no element is asked.
// A thread holds some hundred rows at most, so the sums are simply made again from the first that changed.
import type { MessageId } from '../../model/message.ts';
import { estimateHeight } from './estimate-height.ts';
import type { Row } from './rows.ts';

export interface RowSize {
  height: number;
  /** From the row's upper edge to its bubble: the day, what is new, what is missing. */
  lead: number;
}

/** First and last, both included; the last is before the first where there is none. */
export type RowRange = readonly [first: number, last: number];

interface Known extends RowSize {
  row: Row;
  isMeasured: boolean;
}

export class RowTable {
  rows: readonly Row[] = [];
  /** Where the first row begins. Beside 0 while somebody scrolls and nothing that is painted shall be moved. */
  origin = 0;
  #known: Known[] = [];
  #indexes = new Map<MessageId, number>();
  #starts: number[] = [0];
  /** Up to here, included, the sums are right. */
  #summed = 0;

  /** What is measured stays; only what was never seen is estimated. */
  setRows(rows: readonly Row[], width: number): void {
    const before = new Map(this.#known.map((known) => [known.row.message.id, known]));
    this.rows = rows;
    this.#known = rows.map((row) => {
      const known = before.get(row.message.id);
      if (known && (known.isMeasured || known.row === row)) return known.row === row ? known : { ...known, row };
      return { row, height: estimateHeight(row, width), lead: 0, isMeasured: false };
    });
    this.#indexes = new Map(rows.map((row, index) => [row.message.id, index]));
    this.#summed = 0;
  }

  /** Answers with whether it is not as it was assumed. */
  measure(index: number, size: RowSize): boolean {
    const known = this.#known[index];
    if (!known || (known.isMeasured && known.height === size.height && known.lead === size.lead)) return false;
    Object.assign(known, size, { isMeasured: true });
    this.#summed = Math.min(this.#summed, index);
    return true;
  }

  indexOf(id: MessageId): number | undefined {
    return this.#indexes.get(id);
  }

  /** One past the last is where all of them end. */
  start(index: number): number {
    const wanted = Math.min(Math.max(index, 0), this.rows.length);
    for (; this.#summed < wanted; this.#summed++)
      this.#starts[this.#summed + 1] = (this.#starts[this.#summed] ?? 0) + (this.#known[this.#summed]?.height ?? 0);
    return this.origin + (this.#starts[wanted] ?? 0);
  }

  size(index: number): RowSize {
    return this.#known[index] ?? { height: 0, lead: 0 };
  }

  get end(): number {
    return this.start(this.rows.length);
  }

  /** The row that covers this place: the first above all of them, the last below; -1 where there is none. */
  indexAt(offset: number): number {
    let [low, high] = [0, this.rows.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return high;
  }

  /** The rows between two places, and so many more at each side. */
  between(from: number, to: number, more: number): RowRange {
    if (this.rows.length === 0) return NO_ROWS;
    return [Math.max(0, this.indexAt(from) - more), Math.min(this.rows.length - 1, this.indexAt(to) + more)];
  }
}

export const NO_ROWS: RowRange = [0, -1];
