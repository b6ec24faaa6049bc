// The one authority over where the thread stands. Own send → bottom; at the bottom → it stays there; reading up → nothing moves.
// A position is a message and how far its bubble stands from the upper edge, never a scroll offset.
import type { MessageId } from '../../model/message.ts';

/** "At the bottom" is this near. */
const NEAR_END_PX = 60;

export type Anchor = { id: MessageId; offset: number } | { id: MessageId; fraction: number };

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

  constructor(view: PositionView) {
    this.#view = view;
  }

  follow(source: PositionSource): void {
    this.#begin(source);
    this.following = true;
    this.anchor = undefined;
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
    this.following = endIsLoaded && distanceFromEnd(scroller) <= NEAR_END_PX;
    this.anchor = this.capture();
    return true;
  }

  /** Puts the anchor where it was, or the end in sight. Answers with whether anything had to move. */
  settle(): boolean {
    const scroller = this.#view.scroller();
    if (!scroller) return false;
    if (this.following) return this.#write(scroller, scroller.scrollHeight - scroller.clientHeight);
    const bubble = this.anchor && this.#view.bubbleOf(this.anchor.id);
    if (!bubble || !this.anchor) return false;
    const box = bubble.getBoundingClientRect();
    const wanted = 'offset' in this.anchor ? this.anchor.offset : -this.anchor.fraction * box.height;
    const moved = box.top - scroller.getBoundingClientRect().top - wanted;
    if ('fraction' in this.anchor) this.anchor = { id: this.anchor.id, offset: wanted };
    return Math.abs(moved) >= 0.5 && this.#write(scroller, scroller.scrollTop + moved);
  }

  /** The first bubble that begins in sight; where one fills the whole view, that one. */
  capture(): Anchor | undefined {
    const scroller = this.#view.scroller();
    if (!scroller) return undefined;
    const edge = scroller.getBoundingClientRect().top;
    let spanning: Anchor | undefined;
    for (const bubble of this.#view.bubbles()) {
      const box = bubble.getBoundingClientRect();
      if (box.bottom <= edge) continue;
      const found: Anchor = { id: bubble.dataset['id'] as MessageId, offset: box.top - edge };
      if (box.top >= edge) return box.top - edge < scroller.clientHeight || !spanning ? found : spanning;
      spanning = found;
    }
    return spanning;
  }

  save(orderOf: (id: MessageId) => number | undefined): SavedPosition | undefined {
    const bubble = !this.following && this.anchor ? this.#view.bubbleOf(this.anchor.id) : undefined;
    const order = this.anchor && orderOf(this.anchor.id);
    if (!bubble || !this.anchor || order === undefined || !('offset' in this.anchor)) return undefined;
    return { id: this.anchor.id, order, fraction: -this.anchor.offset / Math.max(1, bubble.offsetHeight) };
  }

  /** After the first layout of a held position: a conversation that fits in the view is at its end. */
  noticeEnd(endIsLoaded: boolean): void {
    const scroller = this.#view.scroller();
    if (scroller && endIsLoaded && distanceFromEnd(scroller) <= 1) this.following = true;
  }

  #begin(source: PositionSource): void {
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
