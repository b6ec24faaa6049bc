// The stage of the thread: which rows are drawn, how tall everything is, and that nothing moves which should not.
// Before each drawing: note where the person is, choose the rows. After it: measure what is new, set the heights, put the position right.
// Rows lie in normal flow inside one shifted block, so a row that is not yet measured never covers another.
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { Clock } from '../../base/clock.ts';
import type { MessageId } from '../../model/message.ts';
import { afterPaint } from '../after-paint.ts';
import { DrawnRows } from './drawn-rows.ts';
import { RowFocus } from './row-focus.ts';
import type { RowLook } from './row-painter.ts';
import { RowTable, type RowRange } from './row-table.ts';
import type { Row } from './rows.ts';
import { ThreadPosition, type Anchor, type BubbleBox, type PositionSource } from './thread-position.ts';

/** What is measured may bring other rows into sight, which are measured in turn; it comes to rest long before this. */
const MOST_PASSES = 8;
/** Room above a message that is brought into sight, for the day that floats there. */
const REVEAL_PX = 56;
/** More than one frame at 20,000 px/s, in the shortest rows there are. */
const OVERSCAN = 12;
/** What is in sight comes first: the rest when that is on the screen. */
const FIRST_OVERSCAN = 1;
/** What was measured may have moved the view by a row or two; that draws nothing again. */
const LEAST_OVERSCAN = 9;
/** Below the last message, where it stands who is writing. */
const FOOT_PX = 26;
/** So far from the upper end nobody gets there within a frame. */
const SWINGING_VIEWS = 3;
/** Somebody who never rests: what was let go above would be kept as room for good. */
const FARTHEST_ORIGIN_PX = 4000;
/** Longer than between two moves of a slow finger. */
const REST_MS = 200;

export interface StageView {
  scroller(): HTMLElement | null;
  rowsBox(): HTMLElement | null;
  drawnBox(): HTMLElement | null;
  endIsLoaded(): boolean;
  clock(): Clock;
  drawRow(look: RowLook): TemplateResult;
  leave(): void;
}

export class ThreadStage {
  readonly position: ThreadPosition;
  readonly focus: RowFocus;
  isScrolling = false;

  readonly #host: ReactiveControllerHost;
  readonly #view: StageView;
  readonly #table = new RowTable();
  readonly #drawn: DrawnRows;
  /** Of whom the size is known; `resized` tells of another. */
  #scroller: HTMLElement | null = null;
  #size = { width: 400, height: 500 };
  /** As it stands now, and not as it was before it was hidden. */
  #isMeasured = false;
  /** Where it stands, or will once the scroller has followed. */
  #offset = 0;
  /** Settled once for each drawing: what is put back at the start is not shifted away again. */
  #mayShift = false;
  #cancelRest: (() => void) | undefined;
  /** What was in sight at first has been on the screen. */
  #isSeen = false;
  #visit = 0;
  /** The visit whose first drawing is on its way to the screen. */
  #awaited = -1;
  #passes = 0;

  constructor(host: ReactiveControllerHost, view: StageView) {
    this.#host = host;
    this.#view = view;
    this.#drawn = new DrawnRows(
      this.#table,
      (look) => view.drawRow(look),
      () => this.#surprised(),
    );
    this.position = new ThreadPosition({
      scroller: () => view.scroller() ?? undefined,
      viewHeight: () => this.#size.height,
      scrollRange: () => Math.max(0, this.#height - this.#size.height),
      shift: (by) => this.#shift(by),
      bubbles: () => this.#bubblesInSight(),
      bubble: (id) => this.#boxOf(this.#table.indexOf(id)),
    });
    this.focus = new RowFocus({
      count: () => this.rows.length,
      indexOf: (id) => this.#table.indexOf(id),
      idAt: (index) => this.rows[index]?.message.id,
      pageSize: () => Math.max(1, Math.floor(this.#size.height / 72)),
      bubbleOf: (id) => this.#drawn.bubbleOf(id),
      reveal: (id) => this.reveal(id, 'keyboard'),
      leave: () => view.leave(),
    });
  }

  get rows(): readonly Row[] {
    return this.#table.rows;
  }

  /** The person scrolled. */
  scrolled(): boolean {
    if (this.#isHidden) return false;
    const isMoved = this.position.scrolled(this.#view.endIsLoaded());
    if (!isMoved) return false;
    this.#offset = this.position.offset;
    this.isScrolling = true;
    this.#cancelRest?.();
    this.#cancelRest = this.#view.clock().after(REST_MS, () => this.#rest());
    return true;
  }

  /** Nobody looks any more. */
  leave(): void {
    this.#cancelRest?.();
    this.#cancelRest = undefined;
    this.isScrolling = false;
    this.#isSeen = false;
    this.#visit++;
    this.#table.origin = 0;
    this.focus.reset();
  }

  /** Whether rows are missing that ought to be drawn where it stands. */
  get needsDrawing(): boolean {
    return !this.#drawn.covers(this.#wanted(this.#isSeen ? LEAST_OVERSCAN : 0));
  }

  /** Before each drawing. */
  prepare(rows: readonly Row[]): void {
    this.scrolled();
    if (rows !== this.rows) this.#setRows(rows);
    this.#keepFocusInside();
  }

  /** Draws and puts everything in its place. Answers with whether it is; if not, one more drawing is on its way. */
  draw(...facts: readonly unknown[]): boolean {
    const box = this.#view.drawnBox();
    if (!box) return true;
    if (this.#view.scroller() !== this.#scroller) this.#measureView();
    this.#drawn.paint(box, this.#wanted(this.#isSeen ? OVERSCAN : FIRST_OVERSCAN), this.focus.active, facts);
    this.#settle();
    this.focus.settle();
    return this.#isCovered();
  }

  /** The view has another size, and so other lines, another height; or it is seen again. Answers with whether it is so: observers tell a first time. */
  resized(): boolean {
    if (this.#isHidden) return (this.#isMeasured = false);
    const { width, height } = this.#size;
    const wasMeasured = this.#isMeasured;
    this.#measureView();
    if (wasMeasured && width === this.#size.width && height === this.#size.height) return false;
    if (this.#size.width !== width) this.#drawn.measureAgain();
    this.position.reread();
    this.#settle();
    return true;
  }

  /** Brings a message into sight, drawn or not. */
  reveal(id: MessageId, source: 'jump' | 'keyboard' | 'open'): void {
    this.hold({ id, offset: REVEAL_PX }, source);
  }

  hold(anchor: Anchor, source: PositionSource): void {
    this.position.hold(anchor, source);
    this.#lookWhereItStands();
    this.#host.requestUpdate();
  }

  /** Where the person left it, or into the upper third, clear of what floats above. */
  leap(id: MessageId, fraction: number | undefined): void {
    this.position.hold(fraction === undefined ? { id, offset: Math.max(REVEAL_PX, this.#size.height / 3) } : { id, fraction }, 'jump');
    this.#lookWhereItStands();
    this.#host.requestUpdate();
  }

  follow(source: 'own-send' | 'jump'): void {
    this.position.follow(source);
    this.#lookWhereItStands();
    this.#host.requestUpdate();
  }

  /** Of the drawn messages, those that are in sight: at least half of each, or filling half of the view. */
  *inSight(): Generator<Row> {
    if (this.#isHidden) return;
    const { height } = this.#size;
    for (const { index, ...box } of this.#bubblesInSight()) {
      const seen = Math.min(box.top + box.height, height) - Math.max(box.top, 0);
      const row = this.rows[index];
      if (row && (seen >= box.height / 2 || seen >= height / 2)) yield row;
    }
  }

  /** The day of what stands at the upper edge, unless its own divider is there to be read. */
  dayAtTop(): string | undefined {
    for (let index = this.#table.indexAt(this.#offset); index >= 0; index--) {
      const day = this.rows[index]?.day;
      if (day !== undefined) return day;
    }
    return undefined;
  }

  /** How many views of messages lie above and below. */
  margins(): { above: number; below: number } {
    const { height } = this.#size;
    if (this.#isHidden) return { above: Infinity, below: Infinity };
    return { above: (this.position.offset - this.#table.origin) / height, below: this.position.distanceFromEnd / height };
  }

  get #height(): number {
    return this.#table.end + FOOT_PX;
  }

  /**
   * While somebody scrolls, rows above that come in or prove taller than estimated push nothing: what is painted stays painted where it
   * is, and the swing of a finger goes on. At rest, or near the start, the first row stands at the start again.
   */
  #shift(by: number): boolean {
    if (!this.#mayShift) return false;
    this.#table.origin += by;
    this.#setHeights();
    return true;
  }

  get #isSwinging(): boolean {
    const { source, following, offset } = this.position;
    const isNear = Math.abs(this.#table.origin) < FARTHEST_ORIGIN_PX && offset > SWINGING_VIEWS * this.#size.height;
    return isNear && this.isScrolling && source === 'person' && !following;
  }

  #setRows(rows: readonly Row[]): void {
    if (rows.at(-1)?.message.id !== this.rows.at(-1)?.message.id) this.position.endGrew();
    this.#table.setRows(rows, this.#size.width);
    this.#lookWhereItStands();
  }

  #wanted(more: number): RowRange {
    return this.#table.between(this.#offset, this.#offset + this.#size.height, more);
  }

  *#bubblesInSight(): Generator<BubbleBox & { index: number }> {
    const { offset } = this.position;
    const [first, last] = this.#table.between(offset, offset + this.#size.height, 0);
    for (let index = first; index <= last; index++) {
      const box = this.#boxOf(index);
      if (box) yield { index, ...box };
    }
  }

  /** As the table has it, which is as it stands: a thread that is shorter than its view lies at the foot. */
  #boxOf(index: number | undefined): BubbleBox | undefined {
    const row = index === undefined ? undefined : this.rows[index];
    if (index === undefined || !row || !this.#drawn.has(index)) return undefined;
    const { height, lead } = this.#table.size(index);
    const foot = Math.max(0, this.#size.height - this.#height);
    return { id: row.message.id, top: foot + this.#table.start(index) + lead - this.position.offset, height: height - lead };
  }

  /** Out of the page or of sight it has no size and cannot scroll. What it had will do until somebody sees it again. */
  get #isHidden(): boolean {
    return (this.#view.scroller()?.clientHeight ?? 0) === 0;
  }

  #measureView(): void {
    const scroller = this.#view.scroller();
    this.#scroller = scroller;
    if (!scroller || this.#isHidden) return;
    this.#size = { width: scroller.clientWidth, height: scroller.clientHeight };
    this.#isMeasured = true;
  }

  #rest(): void {
    this.#cancelRest = undefined;
    this.isScrolling = false;
    this.#settle();
    this.#host.requestUpdate();
  }

  #settle(): void {
    if (this.#isHidden) return this.#setHeights();
    this.#drawn.measure();
    this.#mayShift = this.#isSwinging;
    if (!this.#mayShift) this.#table.origin = 0;
    this.#setHeights();
    this.position.settle();
    this.#offset = this.position.offset;
  }

  #setHeights(): void {
    const [rowsBox, drawnBox] = [this.#view.rowsBox(), this.#view.drawnBox()];
    if (rowsBox) rowsBox.style.blockSize = `${this.#height}px`;
    if (drawnBox) drawnBox.style.insetBlockStart = `${this.#table.start(this.#drawn.range[0])}px`;
  }

  /** A row became taller or lower by itself. It is put right now, in this frame; what that uncovers is drawn with the next. */
  #surprised(): void {
    this.#settle();
    if (this.needsDrawing) requestAnimationFrame(() => this.#host.requestUpdate());
  }

  #lookWhereItStands(): void {
    const { following, anchor } = this.position;
    if (following) this.#offset = Math.max(0, this.#height - this.#size.height);
    const index = anchor && this.#table.indexOf(anchor.id);
    if (following || !anchor || index === undefined) return;
    const below = 'offset' in anchor ? anchor.offset : -anchor.fraction * this.#table.size(index).height;
    this.#offset = Math.max(0, this.#table.start(index) - below);
  }

  /** A row that leaves the drawing would take the focus with it: the list has it until the next key. */
  #keepFocusInside(): void {
    const { active } = this.focus;
    const index = active && this.#table.indexOf(active);
    if (!active || !this.#drawn.bubbleOf(active)?.matches(':focus-within')) return;
    const [first, last] = this.#wanted(OVERSCAN);
    if (index === undefined || index < first || index > last) this.#view.scroller()?.focus({ preventScroll: true });
  }

  #drawAround(): void {
    const visit = this.#visit;
    if (visit === this.#awaited) return;
    this.#awaited = visit;
    afterPaint(() => {
      if (visit !== this.#visit) return;
      this.#isSeen = true;
      this.#host.requestUpdate();
    });
  }

  #isCovered(): boolean {
    if (!this.needsDrawing || ++this.#passes > MOST_PASSES) {
      this.#passes = 0;
      this.position.dropAnchor();
      this.#drawAround();
      return true;
    }
    this.#host.requestUpdate();
    return false;
  }
}
