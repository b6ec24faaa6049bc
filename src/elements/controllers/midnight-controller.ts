// Wakes an element when "today" becomes "yesterday".
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { nextMidnight } from '../../texts/dates.ts';

export class MidnightController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get now(): number {
    return Date.now();
  }

  hostConnected(): void {
    const wait = nextMidnight(Date.now()) - Date.now() + 500;
    this.#timer = setTimeout(() => {
      this.#host.requestUpdate();
      this.hostConnected();
    }, wait);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
