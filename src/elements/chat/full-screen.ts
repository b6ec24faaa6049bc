// The panel on a phone: it fills what the keyboard leaves, the page behind stands still, and focus stays inside.

/** Below this width a panel would leave no page to see. */
export const FULL_SCREEN_QUERY = '(max-width: 666.98px)';

export class FullScreen {
  readonly #panel: () => HTMLElement | null;
  readonly #host: HTMLElement;
  #scroll: { x: number; y: number; overflow: string } | undefined;

  constructor(host: HTMLElement, panel: () => HTMLElement | null) {
    this.#host = host;
    this.#panel = panel;
  }

  get active(): boolean {
    return this.#scroll !== undefined;
  }

  enter(): void {
    if (this.#scroll) return;
    const page = document.documentElement;
    this.#scroll = { x: window.scrollX, y: window.scrollY, overflow: page.style.overflow };
    page.style.overflow = 'hidden';
    document.addEventListener('focusin', this.#keepFocus);
    window.visualViewport?.addEventListener('resize', this.#fit);
    window.visualViewport?.addEventListener('scroll', this.#fit);
    this.#fit();
  }

  leave(): void {
    if (!this.#scroll) return;
    const { x, y, overflow } = this.#scroll;
    this.#scroll = undefined;
    document.documentElement.style.overflow = overflow;
    window.scrollTo({ left: x, top: y, behavior: 'instant' });
    document.removeEventListener('focusin', this.#keepFocus);
    window.visualViewport?.removeEventListener('resize', this.#fit);
    window.visualViewport?.removeEventListener('scroll', this.#fit);
    this.#panel()?.style.removeProperty('--warbler-room');
  }

  readonly #keepFocus = (event: FocusEvent): void => {
    if (!event.composedPath().includes(this.#host)) this.#panel()?.focus();
  };

  /** An embedded widget cannot ask for `interactive-widget=resizes-content`, so it measures. */
  readonly #fit = (): void => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    this.#panel()?.style.setProperty('--warbler-room', `${viewport.height}px`);
    this.#panel()?.style.setProperty('--warbler-room-top', `${viewport.offsetTop}px`);
  };
}
