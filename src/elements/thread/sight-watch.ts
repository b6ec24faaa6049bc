// Whether anybody can see an element: the tab is visible, and the element is on the screen. And whether its size changes.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface SightWatcher {
  sightChanged(): void;
  resized(): void;
}

export class SightWatch implements ReactiveController {
  readonly #element: Element;
  readonly #watcher: SightWatcher;
  #isOnScreen = false;
  #screen: IntersectionObserver | undefined;
  #size: ResizeObserver | undefined;

  constructor(host: ReactiveControllerHost & Element, watcher: SightWatcher) {
    this.#element = host;
    this.#watcher = watcher;
    host.addController(this);
  }

  get isSeen(): boolean {
    return this.#isOnScreen && document.visibilityState === 'visible';
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#changed);
    this.#screen = new IntersectionObserver((entries) => {
      this.#isOnScreen = entries.at(-1)?.isIntersecting ?? false;
      this.#changed();
    });
    this.#screen.observe(this.#element);
    this.#size = new ResizeObserver(() => this.#watcher.resized());
    this.#size.observe(this.#element);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#changed);
    this.#screen?.disconnect();
    this.#size?.disconnect();
    this.#isOnScreen = false;
  }

  #changed = (): void => this.#watcher.sightChanged();
}
