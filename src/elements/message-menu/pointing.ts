// Which message a person means: the one under the pointer, the one pressed long or by the right button, the one on which Enter is pressed.
import type { MessageId } from '../../model/message.ts';

/** As long as phones take for a long press. */
const LONG_PRESS_MS = 500;
const SLIP_PX = 10;

export interface PointingEnds {
  point(id: MessageId | undefined): void;
  open(id: MessageId): void;
  /** What was meant is no longer where it was. */
  moved(): void;
}

export class Pointing {
  readonly #ends: PointingEnds;
  #stop: AbortController | undefined;
  #press: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | undefined;

  constructor(ends: PointingEnds) {
    this.#ends = ends;
  }

  /** `own`: what lies over the list and belongs to it. */
  watch(list: HTMLElement, own: HTMLElement): void {
    const { signal } = (this.#stop = new AbortController());
    const on = <K extends keyof HTMLElementEventMap>(type: K, act: (event: HTMLElementEventMap[K]) => void): void =>
      list.addEventListener(type, act, { signal, passive: type !== 'contextmenu' && type !== 'keydown' });
    on('pointerover', (event) => event.pointerType === 'mouse' && this.#ends.point(messageAt(event.target)));
    on('pointerleave', ({ relatedTarget }) => relatedTarget !== own && this.#ends.point(undefined));
    own.addEventListener('pointerleave', ({ relatedTarget }) => relatedTarget !== list && this.#ends.point(undefined), { signal });
    on('contextmenu', (event) => this.#rightClicked(event));
    on('keydown', (event) => this.#pressed(event));
    on('pointerdown', (event) => event.pointerType === 'touch' && this.#touched(event));
    on('pointermove', (event) => this.#slipped(event));
    for (const type of ['pointerup', 'pointercancel'] as const) on(type, () => this.#letGo());
    on('scroll', () => this.#scrolled());
  }

  stop(): void {
    this.#letGo();
    this.#stop?.abort();
  }

  /** The browser's own menu is better for a link, and for words that are selected. */
  #rightClicked(event: MouseEvent): void {
    const id = messageAt(event.target);
    if (id === undefined || event.shiftKey || isInner(event.target) || hasSelection()) return;
    event.preventDefault();
    this.#ends.open(id);
  }

  #pressed(event: KeyboardEvent): void {
    const id = messageAt(event.target);
    // Also a button that stands in an element of its own, such as a file's.
    const [pressed = null] = event.composedPath();
    if (event.key !== 'Enter' || event.isComposing || id === undefined || isInner(pressed)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#ends.open(id);
  }

  #touched({ target, clientX, clientY }: PointerEvent): void {
    this.#letGo();
    const id = messageAt(target);
    if (id === undefined || isInner(target)) return;
    this.#press = { x: clientX, y: clientY, timer: setTimeout(() => this.#ends.open(id), LONG_PRESS_MS) };
  }

  #slipped({ clientX, clientY }: PointerEvent): void {
    if (this.#press && Math.hypot(clientX - this.#press.x, clientY - this.#press.y) > SLIP_PX) this.#letGo();
  }

  #letGo(): void {
    clearTimeout(this.#press?.timer);
    this.#press = undefined;
  }

  #scrolled(): void {
    this.#letGo();
    this.#ends.moved();
  }
}

/** A row is as wide as the thread, so the way from the bubble to what stands beside it leads nowhere else. */
function messageAt(target: EventTarget | null): MessageId | undefined {
  const row = target instanceof Element ? target.closest('.row') : null;
  return row?.querySelector<HTMLElement>('[data-id]')?.dataset['id'] as MessageId | undefined;
}

const isInner = (target: EventTarget | null): boolean => target instanceof Element && target.closest('a, button') !== null;

const hasSelection = (): boolean => getSelection()?.isCollapsed === false;
