// A menu that opens below its button: focus goes in, keys move, Escape and a click elsewhere close it, focus returns.
import type { ReactiveController } from 'lit';
import type { LitElement } from 'lit';
import { BackGesture } from '../back-gesture.ts';
import { moveInMenu } from '../menu/menu-keys.ts';

export class MenuController implements ReactiveController {
  open = false;
  readonly #gesture = new BackGesture(() => this.close());
  readonly #host: LitElement;

  readonly #back: () => HTMLElement | null;

  /** The host draws `.menu` while it is open, and a button `[aria-haspopup]` always. The focus returns there, or where `back` says. */
  constructor(host: LitElement, back?: () => HTMLElement | null) {
    this.#host = host;
    this.#back = back ?? (() => this.#button);
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#listen(false);
    this.open = false;
  }

  readonly toggle = (): void => {
    if (this.open) this.close();
    else void this.#show();
  };

  close(returnFocus: boolean = true): void {
    if (!this.open) return;
    this.open = false;
    this.#listen(false);
    this.#host.requestUpdate();
    if (returnFocus) this.#back()?.focus();
  }

  readonly keydown = (event: KeyboardEvent): void => {
    const menu = this.#menu;
    if (!menu) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === 'Tab') this.close(false);
    else if (moveInMenu(event, menu, this.#host.shadowRoot?.activeElement ?? null)) event.stopPropagation();
  };

  get #menu(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('.menu');
  }

  get #button(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('[aria-haspopup]');
  }

  async #show(): Promise<void> {
    this.open = true;
    this.#listen(true);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#menu?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
  }

  #listen(listening: boolean): void {
    this.#gesture.wait(listening);
    const change = listening ? document.addEventListener : document.removeEventListener;
    change.call(document, 'pointerdown', this.#pressedElsewhere, { capture: true });
  }

  readonly #pressedElsewhere = (event: Event): void => {
    const path = event.composedPath();
    const inside = [this.#menu, this.#button].some((part) => part && path.includes(part));
    if (!inside) this.close(false);
  };
}
