// The one authority over where the thread stands. Own send → bottom; at the bottom → it stays there; reading up → nothing moves.
// A position is a message and how far its bubble stands from the upper edge, never a scroll offset.
import type { MessageId } from '../../model/message.ts';

/** "At the bottom" is this near. */
const NEAR_END_PX = 60;

export type Anchor = { id: MessageId; offset: number; height?: number } | { id: MessageId; fraction: number };

/** What survives leaving a conversation. */
export interface SavedPosition {
  id: MessageId;
  order: number;
  /** How much of the message lies above the upper edge, as a part of its height. */
  fraction: number;
}

/** A bubble that is drawn: how far below the upper edge of the view it begins. */
export interface BubbleBox {
  id: MessageId;
  top: number;
  height: number;
}

export interface PositionView {
  scroller(): HTMLElement | undefined;
  viewHeight(): number;
  /** How far one can scroll. */
  scrollRange(): number;
  /** Moves all rows instead of the scroller, where that can be. Otherwise the scroller has to. */
  shift(by: number): boolean;
  /** Those in sight that are drawn, top to bottom. */
  bubbles(): Iterable<BubbleBox>;
  bubble(id: MessageId): BubbleBox | undefined;
}

export type PositionSource = 'open' | 'person' | 'own-send' | 'jump' | 'keyboard';

export class ThreadPosition {
  following = true;
  anchor: Anchor | undefined;
  /** The scroll offset as last dealt with, ours or the person's. */
  offset = 0;
  /** Rises with each request; what was asked for under an older one is void. */
  generation = 0;
  source: PositionSource = 'open';

  readonly #view: PositionView;
  /** Near the end is as good as at it, but nobody is pulled down for it: only what is new at the end closes the distance. */
  #slack = 0;

  constructor(view: PositionView) {
    this.#view = view;
  }

  follow(source: PositionSource): void {
    this.#begin(source);
    this.following = true;
    this.#slack = 0;
    this.anchor = undefined;
  }

  endGrew(): void {
    this.#slack = 0;
  }

  hold(anchor: Anchor, source: PositionSource): void {
    this.#begin(source);
    this.following = false;
    this.anchor = anchor;
  }

  /** The person scrolled, or the browser reads back what we wrote. Only the first means anything. */
  scrolled(endIsLoaded: boolean): boolean {
    const scroller = this.#view.scroller();
    if (!scroller || Math.abs(scroller.scrollTop - this.offset) < 1.5) return false;
    this.#begin('person');
    const distance = this.distanceFromEnd;
    this.following = endIsLoaded && distance <= NEAR_END_PX;
    this.#slack = this.following && distance > 1 ? distance : 0;
    this.anchor = this.capture();
    return true;
  }

  /** Puts the anchor where it was, or the end in sight. Answers with whether anything had to move. */
  settle(): boolean {
    const scroller = this.#view.scroller();
    if (!scroller) return false;
    if (this.following) return this.#write(scroller, this.#view.scrollRange() - this.#slack);
    const bubble = this.anchor && this.#view.bubble(this.anchor.id);
    if (!bubble || !this.anchor) return false;
    const { top, height } = bubble;
    const wanted = 'offset' in this.anchor ? this.anchor.offset : -this.anchor.fraction * height;
    this.anchor = { id: this.anchor.id, offset: wanted, height };
    const moved = top - wanted;
    if (moved !== 0 && this.#view.shift(-moved)) return false;
    return this.#write(scroller, this.offset + moved);
  }

  /** Whoever was hidden or made smaller may have been scrolled by the browser. */
  reread(): void {
    this.offset = this.#view.scroller()?.scrollTop ?? 0;
  }

  /** The first bubble that begins in sight; where one fills the whole view, that one. None while nothing in sight is drawn. */
  capture(): Anchor | undefined {
    let spanning: Anchor | undefined;
    for (const { id, top, height } of this.#view.bubbles()) {
      if (top + height <= 0) continue;
      if (top >= this.#view.viewHeight()) break;
      if (top >= 0) return { id, offset: top, height };
      spanning = { id, offset: top, height };
    }
    return spanning;
  }

  /** After a leap the rows in sight are drawn only now. */
  dropAnchor(): void {
    if (!this.following) this.anchor ??= this.capture();
  }

  save(orderOf: (id: MessageId) => number | undefined): SavedPosition | undefined {
    const { anchor } = this;
    if (this.following || !anchor || !('offset' in anchor) || !anchor.height) return undefined;
    const order = orderOf(anchor.id);
    return order === undefined ? undefined : { id: anchor.id, order, fraction: -anchor.offset / anchor.height };
  }

  /** After the first layout of a held position: a conversation that fits in the view is at its end. */
  noticeEnd(endIsLoaded: boolean): void {
    if (endIsLoaded && this.#view.scroller() && this.distanceFromEnd <= 1) this.following = true;
  }

  get distanceFromEnd(): number {
    return Math.max(0, this.#view.scrollRange() - this.offset);
  }

  /** What was scrolled before a request, by whomever, counts no more. */
  #begin(source: PositionSource): void {
    this.reread();
    this.source = source;
    this.generation++;
  }

  /** Read back: the browser allows no more than there is, and whole pixels in some. Where there is less than there was, it has moved by itself. */
  #write(scroller: HTMLElement, top: number): boolean {
    const before = this.offset;
    if (Math.abs(top - before) < 0.5 && before <= this.#view.scrollRange()) return false;
    scroller.scrollTop = top;
    this.offset = scroller.scrollTop;
    return this.offset !== before;
  }
}
