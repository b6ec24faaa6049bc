// Loads the elements a template names when they are first drawn. Until then their place is empty; a failed load is told and can be repeated.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { afterPaint } from '../after-paint.ts';
import { ensureElement, type ElementTag } from '../registry.ts';

export class LazyElements implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #states = new Map<ElementTag, 'loading' | 'ready' | 'failed'>();
  readonly #painted = new Map<ElementTag, boolean>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Call it while drawing. Answers whether the element is there. */
  need(tag: ElementTag): boolean {
    const state = this.#states.get(tag);
    if (state === undefined) this.#load(tag);
    return state === 'ready' || customElements.get(tag) !== undefined;
  }

  isNeeded(tag: ElementTag): boolean {
    return this.#states.has(tag);
  }

  /** Call it while drawing the element. Answers whether it has had a frame to itself: what stands beside it may take its time. */
  hasPainted(tag: ElementTag): boolean {
    if (this.need(tag) && !this.#painted.has(tag)) {
      this.#painted.set(tag, false);
      afterPaint(() => {
        this.#painted.set(tag, true);
        this.#host.requestUpdate();
      });
    }
    return this.#painted.get(tag) === true;
  }

  /** Settles when the element has been drawn and is on the screen. */
  async whenPainted(tag: ElementTag): Promise<void> {
    await ensureElement(tag);
    await this.#host.updateComplete;
    await new Promise<void>(afterPaint);
  }

  get failed(): boolean {
    return [...this.#states.values()].includes('failed');
  }

  retry(): void {
    for (const [tag, state] of this.#states) if (state === 'failed') this.#load(tag);
  }

  #load(tag: ElementTag): void {
    this.#states.set(tag, 'loading');
    ensureElement(tag).then(
      () => this.#settle(tag, 'ready'),
      () => this.#settle(tag, 'failed'),
    );
  }

  #settle(tag: ElementTag, state: 'ready' | 'failed'): void {
    this.#states.set(tag, state);
    this.#host.requestUpdate();
  }
}
