// A sheet takes the focus when it comes and gives it back when it goes; what lies behind it is inert meanwhile.
import type { LitElement, ReactiveController } from 'lit';

export class SheetController implements ReactiveController {
  readonly #host: LitElement;
  #before: HTMLElement | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#before = deepestActive();
    void this.#enter();
  }

  hostDisconnected(): void {
    const before = this.#before;
    // The inert mark behind goes with the render that takes the sheet away.
    queueMicrotask(() => before?.isConnected && before.focus());
  }

  async #enter(): Promise<void> {
    await this.#host.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const root = this.#host.renderRoot;
    const first = root.querySelector<HTMLElement>('[autofocus], input') ?? root.querySelector<HTMLElement>('.sheet');
    first?.focus();
  }
}

/** The focused element inside of all shadow roots. */
export function deepestActive(): HTMLElement | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : undefined;
}
