// The stage of the thread: which rows are drawn, how tall everything is, and that nothing moves which should not.
// Before each drawing: note where the person is, choose the rows. After it: measure, set the height, put the position right.
import type { ReactiveControllerHost } from 'lit';
import type { MessageId } from '../../model/message.ts';
import { RowFocus } from './row-focus.ts';
import { RowVirtualizer } from './row-virtualizer.ts';
import type { Row } from './rows.ts';
import { distanceFromEnd, ThreadPosition } from './thread-position.ts';

/** What is measured may bring other rows into sight, which are measured in turn; it comes to rest long before this. */
const MOST_PASSES = 8;
/** Room above a message that is brought into sight, for the day that floats there. */
const REVEAL_PX = 56;

export interface StageView {
  scroller(): HTMLElement | null;
  rowsBox(): HTMLElement | null;
  drawnBox(): HTMLElement | null;
  endIsLoaded(): boolean;
  leave(): void;
}

export interface Drawn {
  index: number;
  row: Row;
}

export class ThreadStage {
  rows: readonly Row[] = [];
  readonly position: ThreadPosition;
  readonly focus: RowFocus;

  readonly #host: ReactiveControllerHost;
  readonly #view: StageView;
  readonly #virtualizer: RowVirtualizer;
  #drawn: readonly [first: number, last: number] = [0, -1];
  #passes = 0;

  constructor(host: ReactiveControllerHost, view: StageView) {
    this.#host = host;
    this.#view = view;
    this.#virtualizer = new RowVirtualizer(host, () => view.scroller() ?? undefined);
    this.position = new ThreadPosition({
      scroller: () => view.scroller() ?? undefined,
      bubbles: () => this.bubbles(),
      bubbleOf: (id) => this.bubbleOf(id),
    });
    this.focus = new RowFocus({
      count: () => this.rows.length,
      indexOf: (id) => this.#virtualizer.indexOf(id),
      idAt: (index) => this.rows[index]?.message.id,
      pageSize: () => Math.max(1, Math.floor(this.#virtualizer.viewHeight / 72)),
      bubbleOf: (id) => this.bubbleOf(id),
      reveal: (id) => this.reveal(id, 'keyboard'),
      leave: () => view.leave(),
    });
  }

  /** Before each drawing. */
  prepare(rows: readonly Row[]): void {
    this.position.scrolled(this.#view.endIsLoaded());
    if (rows !== this.rows) this.#setRows(rows);
    this.#keepFocusInside();
  }

  #setRows(rows: readonly Row[]): void {
    if (rows.at(-1)?.message.id !== this.rows.at(-1)?.message.id) this.position.endGrew();
    this.rows = rows;
    this.#virtualizer.setRows(rows, this.#view.scroller()?.clientWidth ?? 400);
    this.#lookWhereItStands();
  }

  drawn(): readonly Drawn[] {
    const items = this.#virtualizer.items();
    this.#drawn = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1];
    return items.flatMap(({ index }) => {
      const row = this.rows[index];
      return row ? [{ index, row }] : [];
    });
  }

  /** Answers with whether everything is in its place; if not, one more drawing is on its way. */
  settle(): boolean {
    const scroller = this.#view.scroller();
    const drawnBox = this.#view.drawnBox();
    if (!scroller || !drawnBox) return true;
    this.#setHeights(drawnBox);
    if (this.#virtualizer.measure(drawnBox.children as Iterable<Element> as Iterable<HTMLElement>)) this.#setHeights(drawnBox);
    this.position.settle();
    this.#virtualizer.lookAt(scroller.scrollTop);
    this.focus.settle();
    if (!this.#isCovered()) return false;
    this.position.dropAnchor();
    return true;
  }

  /** Brings a message into sight, drawn or not. */
  reveal(id: MessageId, source: 'jump' | 'keyboard' | 'open'): void {
    this.position.hold({ id, offset: REVEAL_PX }, source);
    this.#lookWhereItStands();
    this.#host.requestUpdate();
  }

  follow(source: 'own-send' | 'jump'): void {
    this.position.follow(source);
    this.#lookWhereItStands();
    this.#host.requestUpdate();
  }

  *bubbles(): Generator<HTMLElement> {
    for (const row of this.#view.drawnBox()?.children ?? []) {
      const bubble = row.lastElementChild;
      if (bubble instanceof HTMLElement) yield bubble;
    }
  }

  bubbleOf(id: MessageId): HTMLElement | undefined {
    const index = this.#virtualizer.indexOf(id);
    const row = index === undefined ? undefined : this.#view.drawnBox()?.children[index - this.#drawn[0]];
    const bubble = row?.lastElementChild;
    return bubble instanceof HTMLElement && bubble.dataset['id'] === id ? bubble : undefined;
  }

  /** Of the drawn messages, those that are in sight: at least half of each, or filling half of the view. */
  *inSight(): Generator<Row> {
    const view = this.#view.scroller()?.getBoundingClientRect();
    if (!view) return;
    for (const bubble of this.bubbles()) {
      const box = bubble.getBoundingClientRect();
      const seen = Math.min(box.bottom, view.bottom) - Math.max(box.top, view.top);
      if (seen < box.height / 2 && seen < view.height / 2) continue;
      const row = this.rows[this.#virtualizer.indexOf(bubble.dataset['id'] as MessageId) ?? -1];
      if (row) yield row;
    }
  }

  /** The day of what stands at the upper edge, unless its own divider is there to be read. */
  dayAtTop(): string | undefined {
    const top = this.#virtualizer.indexAt(this.#view.scroller()?.scrollTop ?? 0);
    for (let index = top; index >= 0; index--) {
      const day = this.rows[index]?.day;
      if (day !== undefined) return day;
    }
    return undefined;
  }

  /** How many views of messages lie above and below. */
  margins(): { above: number; below: number } {
    const scroller = this.#view.scroller();
    if (!scroller || scroller.clientHeight === 0) return { above: Infinity, below: Infinity };
    return { above: scroller.scrollTop / scroller.clientHeight, below: distanceFromEnd(scroller) / scroller.clientHeight };
  }

  #setHeights(drawnBox: HTMLElement): void {
    const rowsBox = this.#view.rowsBox();
    if (rowsBox) rowsBox.style.blockSize = `${this.#virtualizer.totalHeight()}px`;
    drawnBox.style.insetBlockStart = `${this.#virtualizer.startAt(this.#drawn[0])}px`;
  }

  #lookWhereItStands(): void {
    const { following, anchor } = this.position;
    if (following) return this.#virtualizer.lookAt(this.#virtualizer.totalHeight() - this.#virtualizer.viewHeight);
    const start = anchor && this.#virtualizer.startOf(anchor.id);
    if (anchor && start !== undefined) this.#virtualizer.lookAt(start - ('offset' in anchor ? anchor.offset : 0));
  }

  /** A row that leaves the drawing would take the focus with it: the list has it until the next key. */
  #keepFocusInside(): void {
    const { active } = this.focus;
    const bubble = active && this.bubbleOf(active);
    if (!active || !bubble?.matches(':focus-within')) return;
    const index = this.#virtualizer.indexOf(active);
    if (this.#virtualizer.items().some((item) => item.index === index)) return;
    this.#view.scroller()?.focus({ preventScroll: true });
  }

  #isCovered(): boolean {
    const items = this.#virtualizer.items();
    const same = (items[0]?.index ?? 0) === this.#drawn[0] && (items.at(-1)?.index ?? -1) === this.#drawn[1];
    if (same || ++this.#passes > MOST_PASSES) {
      this.#passes = 0;
      return true;
    }
    this.#host.requestUpdate();
    return false;
  }
}
