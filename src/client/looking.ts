// Tells what changed, then says to the core that it was seen. After a quiet moment at once, a thread before all that stands around it; what
// comes right behind is gathered until the next frame, so that a burst costs no more than it can show. Hidden tabs have no frames and are
// told nothing.
// Whoever came last is told first and so asks first: the thread that was opened, before the list that it was opened from.
import type { ChangedNotice } from '../contracts/port.ts';
import type { Look } from './session-client.ts';

/** More than a few frames: whoever was told so long ago has drawn it. */
const QUIET_MS = 50;

type Listener = (looks: readonly Look[]) => void;

export class Looking {
  #listeners = new Set<Listener>();
  #looks: Look[] = [];
  #revision = 0;
  #frame = 0;
  #toldAt = -Infinity;
  #seen: (revision: number) => void;

  constructor(seen: (revision: number) => void) {
    this.#seen = seen;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** A new core counts from here. What the last one told no longer says what is stale. */
  begin(revision: number, isFirst: boolean): void {
    this.#revision = revision;
    if (!isFirst) this.#gather([{ about: 'everything' }]);
  }

  hear(notice: ChangedNotice): void {
    const isMissed = notice.revision !== this.#revision + 1;
    this.#revision = notice.revision;
    this.#gather(isMissed ? [{ about: 'everything' }] : notice.topics);
  }

  end(): void {
    cancelAnimationFrame(this.#frame);
    this.#listeners.clear();
  }

  #gather(looks: readonly Look[]): void {
    this.#looks.push(...looks);
    if (this.#frame !== 0) return;
    const isQuiet = performance.now() - this.#toldAt > QUIET_MS;
    if (isQuiet && document.visibilityState === 'visible') this.#tellFirst();
    else this.#frame = requestAnimationFrame(() => this.#tell());
  }

  /** What is being read comes at once. What stands around it asks when that is drawn: by then more has often changed, and it asks once. */
  #tellFirst(): void {
    const first = this.#looks.filter(({ about }) => about === 'thread');
    if (first.length === 0) return this.#tell();
    this.#looks = this.#looks.filter(({ about }) => about !== 'thread');
    this.#hand(first);
    if (this.#looks.length === 0) this.#seen(this.#revision);
    else this.#frame = requestAnimationFrame(() => (this.#frame = requestAnimationFrame(() => this.#tell())));
  }

  #tell(): void {
    const looks = this.#looks;
    this.#looks = [];
    this.#frame = 0;
    this.#hand(looks);
    this.#seen(this.#revision);
  }

  #hand(looks: readonly Look[]): void {
    this.#toldAt = performance.now();
    for (const listener of [...this.#listeners].toReversed()) tellSafely(listener, looks);
  }
}

/** One listener's defect must not keep the others, or the core, waiting. */
function tellSafely(listener: Listener, looks: readonly Look[]): void {
  try {
    listener(looks);
  } catch (defect) {
    reportError(defect);
  }
}
