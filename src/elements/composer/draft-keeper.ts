// Keeps what is being written: told to the core half a second after the last word at the latest, shared with other tabs,
// and never replaced under the hands of the person who writes.
import type { Clock } from '../../base/clock.ts';

const SAVE_WITHIN_MS = 400;

export class DraftKeeper {
  clock: Clock;
  readonly #save: (text: string) => void;
  #kept = '';
  #written: string | undefined;
  #heard = '';
  /** What we told the core and have not heard back yet, oldest first. */
  #echoes: string[] = [];
  /** What stands in the field came from another tab: nobody is held up when it goes. */
  #isTheirs = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, save: (text: string) => void) {
    this.clock = clock;
    this.#save = save;
  }

  /** A conversation is opened: what the core has of it. */
  open(kept: string): void {
    this.#kept = this.#heard = kept;
    this.#echoes = [];
    this.#written = undefined;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  write(text: string): void {
    this.#written = text;
    this.#isTheirs = false;
    this.#cancel ??= this.clock.after(SAVE_WITHIN_MS, () => this.flush());
  }

  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const text = this.#written;
    this.#written = undefined;
    if (text === undefined || text === this.#kept) return;
    this.#kept = text;
    this.#echoes.push(text);
    this.#save(text);
  }

  /**
   * The core tells what the draft is now. Answers with what the field should show, or undefined where it stays:
   * nothing new, our own word coming back, or somebody writing here right now.
   */
  hear(draft: string, isWriting: boolean): string | undefined {
    if (draft === this.#heard) return undefined;
    this.#heard = draft;
    const echo = this.#echoes.indexOf(draft);
    this.#echoes.splice(0, echo + 1);
    const isOld = echo >= 0 && this.#echoes.length > 0;
    const isHeld = this.#written !== undefined || (isWriting && !this.#isTheirs);
    if (isOld || isHeld || draft === this.#kept) return undefined;
    this.#echoes = [];
    this.#isTheirs = true;
    this.#kept = draft;
    return draft;
  }
}
