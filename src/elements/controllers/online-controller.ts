// Whether the browser believes to be online.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class OnlineController implements ReactiveController {
  online: boolean = navigator.onLine;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#look();
    window.addEventListener('online', this.#look);
    window.addEventListener('offline', this.#look);
  }

  hostDisconnected(): void {
    window.removeEventListener('online', this.#look);
    window.removeEventListener('offline', this.#look);
  }

  readonly #look = (): void => {
    if (this.online === navigator.onLine) return;
    this.online = navigator.onLine;
    this.#host.requestUpdate();
  };
}
