// Whether somebody has waited so long that it is to be told: what is over sooner would only flash.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { pageClock } from '../page-clock.ts';

const PATIENCE_MS = 200;

export class Patience implements ReactiveController {
  isOver = false;
  readonly #host: ReactiveControllerHost;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = pageClock.after(PATIENCE_MS, () => {
      this.isOver = true;
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
