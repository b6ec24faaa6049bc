// Which rows are drawn, and where. TanStack counts and measures; it never scrolls, because `ThreadPosition` alone does.
// Rows lie in normal flow inside one shifted block, so a row that is not yet measured never covers another.
import { VirtualizerController, type VirtualItem } from '@tanstack/lit-virtual';
import type { ReactiveControllerHost } from 'lit';
import type { MessageId } from '../../model/message.ts';
import { estimateHeight } from './estimate-height.ts';
import type { Row } from './rows.ts';

/** More than one frame at 20,000 px/s, in the shortest rows there are. */
const OVERSCAN = 12;

export const FOOT_PX = 26;

export class RowVirtualizer {
  readonly #controller: VirtualizerController<HTMLElement, HTMLElement>;
  readonly #known = new WeakSet<Element>();
  #rows: readonly Row[] = [];
  #indexes = new Map<MessageId, number>();

  constructor(host: ReactiveControllerHost, scroller: () => HTMLElement | undefined) {
    this.#controller = new VirtualizerController<HTMLElement, HTMLElement>(host, {
      count: 0,
      getScrollElement: () => scroller() ?? null,
      estimateSize: () => 60,
      overscan: OVERSCAN,
      paddingEnd: FOOT_PX,
      initialRect: { width: 400, height: 500 },
      scrollToFn: () => undefined,
      measureElement: (element, entry) => entry?.borderBoxSize[0]?.blockSize ?? element.getBoundingClientRect().height,
    });
    this.#controller.getVirtualizer().shouldAdjustScrollPositionOnItemSizeChange = () => false;
  }

  setRows(rows: readonly Row[], width: number): void {
    if (rows === this.#rows) return;
    this.#rows = rows;
    this.#indexes = new Map(rows.map((row, index) => [row.message.id, index]));
    const virtualizer = this.#controller.getVirtualizer();
    virtualizer.setOptions({
      ...virtualizer.options,
      count: rows.length,
      getItemKey: (index) => rows[index]?.message.id ?? index,
      estimateSize: (index) => (rows[index] ? estimateHeight(rows[index], width) : 0),
    });
  }

  /** Draw as if it stood there; the scroller follows when the position settles. */
  lookAt(offset: number): void {
    this.#controller.getVirtualizer().scrollOffset = Math.max(0, offset);
  }

  items(): readonly VirtualItem[] {
    return this.#controller.getVirtualizer().getVirtualItems();
  }

  indexOf(id: MessageId): number | undefined {
    return this.#indexes.get(id);
  }

  startOf(id: MessageId): number | undefined {
    const index = this.#indexes.get(id);
    return index === undefined ? undefined : this.startAt(index);
  }

  startAt(index: number): number {
    const virtualizer = this.#controller.getVirtualizer();
    // Asking for the whole height brings the cache up to date.
    virtualizer.getTotalSize();
    return virtualizer.measurementsCache[index]?.start ?? 0;
  }

  indexAt(offset: number): number {
    return this.#controller.getVirtualizer().getVirtualItemForOffset(offset)?.index ?? -1;
  }

  totalHeight(): number {
    return this.#controller.getVirtualizer().getTotalSize();
  }

  get viewHeight(): number {
    return this.#controller.getVirtualizer().scrollRect?.height ?? 0;
  }

  /** Measures what is drawn, each element watched from then on. Answers with whether anything is not as it was assumed. */
  measure(elements: Iterable<HTMLElement>): boolean {
    const virtualizer = this.#controller.getVirtualizer();
    const before = virtualizer.getTotalSize();
    for (const element of elements) {
      if (!this.#known.has(element)) {
        this.#known.add(element);
        virtualizer.measureElement(element);
      }
      virtualizer.resizeItem(virtualizer.indexFromElement(element), element.getBoundingClientRect().height);
    }
    virtualizer.measureElement(null);
    return virtualizer.getTotalSize() !== before;
  }
}
