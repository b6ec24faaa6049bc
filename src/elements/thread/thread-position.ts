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

export interface PositionView {
  scroller(): HTMLElement | undefined;
  /** The bubbles that are drawn, top to bottom. */
  bubbles(): Iterable<HTMLElement>;
  bubbleOf(id: MessageId): HTMLElement | undefined;
}

export type PositionSource = 'open' | 'person' | 'own-send' | 'jump' | 'keyboard';

export class ThreadPosition {
  following = true;
  anchor: Anchor | undefined;
  /** Rises with each request; what was asked for under an older one is void. */
  generation = 0;
  source: PositionSource = 'open';

  readonly #view: PositionView;
  /** The scroll offset as last dealt with, ours or the person's. */
  #seen = 0;
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
    if (!scroller || Math.abs(scroller.scrollTop - this.#seen) < 1.5) return false;
    this.#seen = scroller.scrollTop;
    this.#begin('person');
    const distance = distanceFromEnd(scroller);
    this.following = endIsLoaded && distance <= NEAR_END_PX;
    this.#slack = this.following && distance > 1 ? distance : 0;
    this.anchor = this.capture();
    return true;
  }

  /** Puts the anchor where it was, or the end in sight. Answers with whether anything had to move. */
  settle(): boolean {
    const scroller = this.#view.scroller();
    if (!scroller) return false;
    if (this.following) return this.#write(scroller, scroller.scrollHeight - scroller.clientHeight - this.#slack);
    const bubble = this.anchor && this.#view.bubbleOf(this.anchor.id);
    if (!bubble || !this.anchor) return false;
    const box = bubble.getBoundingClientRect();
    const wanted = 'offset' in this.anchor ? this.anchor.offset : -this.anchor.fraction * box.height;
    const moved = box.top - scroller.getBoundingClientRect().top - wanted;
    this.anchor = { id: this.anchor.id, offset: wanted, height: box.height };
    return Math.abs(moved) >= 0.5 && this.#write(scroller, scroller.scrollTop + moved);
  }

  /** The first bubble that begins in sight; where one fills the whole view, that one. None while nothing in sight is drawn. */
  capture(): Anchor | undefined {
    const scroller = this.#view.scroller();
    if (!scroller) return undefined;
    const edge = scroller.getBoundingClientRect();
    let spanning: Anchor | undefined;
    for (const bubble of this.#view.bubbles()) {
      const box = bubble.getBoundingClientRect();
      if (box.bottom <= edge.top) continue;
      if (box.top >= edge.bottom) break;
      const found: Anchor = { id: bubble.dataset['id'] as MessageId, offset: box.top - edge.top, height: box.height };
      if (box.top >= edge.top) return found;
      spanning = found;
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
    const scroller = this.#view.scroller();
    if (scroller && endIsLoaded && distanceFromEnd(scroller) <= 1) this.following = true;
  }

  /** What was scrolled before a request, by whomever, counts no more. */
  #begin(source: PositionSource): void {
    this.#seen = this.#view.scroller()?.scrollTop ?? 0;
    this.source = source;
    this.generation++;
  }

  #write(scroller: HTMLElement, top: number): boolean {
    const before = scroller.scrollTop;
    scroller.scrollTop = top;
    this.#seen = scroller.scrollTop;
    return this.#seen !== before;
  }
}

export const distanceFromEnd = (scroller: HTMLElement): number => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
