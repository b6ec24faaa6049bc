// The back gesture of a phone puts away what opened last. No entry of the page's history is made for it: where the browser knows no
// close watcher, back stays the page's own.

interface CloseWatcher extends EventTarget {
  destroy(): void;
}

/** Calls back once, at the gesture. The answer ends the waiting. */
function onBack(act: () => void): () => void {
  const { CloseWatcher: Watcher } = window as { CloseWatcher?: new () => CloseWatcher };
  if (!Watcher) return () => undefined;
  const watcher = new Watcher();
  watcher.addEventListener('close', act, { once: true });
  return () => watcher.destroy();
}

/** Waits for as long as there is something to go back from. */
export class BackGesture {
  readonly #act: () => void;
  #stop: (() => void) | undefined;

  constructor(act: () => void) {
    this.#act = act;
  }

  /** Idempotent: call it after every update. */
  wait(isWanted: boolean): void {
    if (isWanted) this.#stop ??= onBack(this.#went);
    else {
      this.#stop?.();
      this.#stop = undefined;
    }
  }

  readonly #went = (): void => {
    this.#stop = undefined;
    this.#act();
  };
}
