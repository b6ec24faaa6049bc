// Wakes an element when "today" becomes "yesterday"; a hidden tab, which nobody reads, when it is looked at again.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { nextMidnight } from '../../texts/dates.ts';

export class MidnightController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #midnight = Infinity;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get now(): number {
    return Date.now();
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#look);
    this.#midnight = nextMidnight(Date.now());
    this.#look();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#look);
    clearTimeout(this.#timer);
  }

  readonly #look = (): void => {
    clearTimeout(this.#timer);
    if (document.visibilityState === 'hidden') return;
    const now = Date.now();
    if (now >= this.#midnight) {
      this.#midnight = nextMidnight(now);
      this.#host.requestUpdate();
    }
    this.#timer = setTimeout(this.#look, this.#midnight - now + 500);
  };
}
