// This page among its like: its id, the lock that shows it lives, and its coming and going.
import { tabLockName } from '../contracts/port.ts';

export interface PageEvents {
  /** Going away, perhaps into the back-forward cache. */
  left(): void;
  /** Back from that cache. */
  returned(): void;
  visibilityChanged(): void;
  /** Nothing of it runs until it is thawed, its dedicated workers included. Chromium alone says so. */
  frozen(isFrozen: boolean): void;
}

export class Page {
  readonly tab: string;
  #held: Promise<void> | undefined;
  #letGo: (() => void) | undefined;
  #events = new AbortController();
  #isFrozen = false;

  /** `tab`: the id it has greeted with already. */
  constructor(events: PageEvents, tab: string = crypto.randomUUID()) {
    this.tab = tab;
    const { signal } = this.#events;
    addEventListener('pagehide', () => events.left(), { signal });
    addEventListener('pageshow', ({ persisted }) => persisted && events.returned(), { signal });
    document.addEventListener('visibilitychange', () => events.visibilityChanged(), { signal });
    for (const name of ['freeze', 'resume'])
      document.addEventListener(name, () => events.frozen((this.#isFrozen = name === 'freeze')), { signal });
  }

  /** Somebody can look at it now. */
  get isVisible(): boolean {
    return !this.#isFrozen && document.visibilityState === 'visible';
  }

  /** Resolves once the lock is held: only then may a core wait for its end. */
  hold(): Promise<void> {
    return (this.#held ??= new Promise((held, refused) => {
      const untilLetGo = new Promise<void>((letGo) => (this.#letGo = letGo));
      navigator.locks.request(tabLockName(this.tab), () => (held(), untilLetGo)).catch(refused);
    }));
  }

  /** A held lock keeps some browsers from caching the page. */
  letGo(): void {
    this.#letGo?.();
    this.#held = undefined;
  }

  end(): void {
    this.#events.abort();
    this.letGo();
  }
}

/** Calls back once the core behind this lock has died. The answer ends the watch. */
export function watchCore(coreLock: string, died: () => void): () => void {
  const watch = new AbortController();
  if (coreLock) navigator.locks.request(coreLock, { mode: 'shared', signal: watch.signal }, died).catch(() => {});
  return () => watch.abort();
}
