// The rows that are drawn: painted, measured when they are new, and watched together for what changes without us, a font or a zoom.
import type { TemplateResult } from 'lit';
import type { MessageId } from '../../model/message.ts';
import { RowPainter, type RowLook } from './row-painter.ts';
import { NO_ROWS, type RowRange, type RowTable } from './row-table.ts';

/** Sums of parts of a pixel. */
const AS_ASSUMED_PX = 0.5;

export class DrawnRows {
  range: RowRange = NO_ROWS;
  readonly #table: RowTable;
  readonly #painter: RowPainter;
  readonly #watch: ResizeObserver;
  #box: HTMLElement | undefined;
  #width = 0;
  #toMeasure: readonly MessageId[] = [];

  constructor(table: RowTable, draw: (look: RowLook) => TemplateResult, surprised: () => void) {
    this.#table = table;
    this.#painter = new RowPainter(draw);
    this.#watch = new ResizeObserver(([entry]) => {
      const size = entry?.borderBoxSize[0];
      if (!size || size.inlineSize === 0 || !this.#isSurprise(size.inlineSize, size.blockSize)) return;
      this.measureAgain();
      surprised();
    });
  }

  /** One tab stop: the message that has or last had the focus, else the last. */
  paint(box: HTMLElement, range: RowRange, active: MessageId | undefined, facts: readonly unknown[]): void {
    this.#observe(box);
    this.range = range;
    const rows = this.#table.rows.slice(range[0], range[1] + 1);
    const stop = rows.some((row) => row.message.id === active) ? active : rows.at(-1)?.message.id;
    const looks = rows.map((row, at) => {
      const { id } = row.message;
      return { row, index: range[0] + at, isStop: id === stop, isActive: id === active };
    });
    this.#toMeasure = this.#painter.paint(box, looks, facts);
  }

  /** Another width breaks other lines, in every row at once. */
  measureAgain(): void {
    this.#toMeasure = this.#table.rows.slice(this.range[0], this.range[1] + 1).map((row) => row.message.id);
  }

  /** One reading of all that is new, so that the layout is made once. Answers with whether anything is not as it was assumed. */
  measure(): boolean {
    let isOther = false;
    for (const id of this.#toMeasure) {
      const index = this.#table.indexOf(id);
      const row = this.#painter.boxOf(id);
      if (index === undefined || !row) continue;
      const { top, height } = row.getBoundingClientRect();
      // Nobody sees it now, and it has no height; who shows it again has it measured.
      if (height === 0) continue;
      const lead = (row.lastElementChild?.getBoundingClientRect().top ?? top) - top;
      isOther = this.#table.measure(index, { height, lead }) || isOther;
    }
    this.#toMeasure = [];
    return isOther;
  }

  bubbleOf(id: MessageId): HTMLElement | undefined {
    const bubble = this.#painter.boxOf(id)?.lastElementChild;
    return bubble instanceof HTMLElement ? bubble : undefined;
  }

  has(index: number): boolean {
    return index >= this.range[0] && index <= this.range[1];
  }

  covers([first, last]: RowRange): boolean {
    return last < first || (this.has(first) && this.has(last));
  }

  #isSurprise(width: number, height: number): boolean {
    const [first, last] = this.range;
    const isWider = this.#width !== 0 && width !== this.#width;
    this.#width = width;
    return isWider || Math.abs(this.#table.start(last + 1) - this.#table.start(first) - height) > AS_ASSUMED_PX;
  }

  #observe(box: HTMLElement): void {
    if (box === this.#box) return;
    this.#watch.disconnect();
    this.#watch.observe(box);
    this.#box = box;
    this.#width = 0;
  }
}
