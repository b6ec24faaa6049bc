// The lock's words for an element, in the language that is spoken: asked for when it draws, drawn again when they have come.
import type { LitElement, ReactiveController } from 'lit';
import type { LockTexts } from '../../texts/keys/lock-texts.ts';
import { knownLockTexts, loadLockTexts } from '../../texts/lock.ts';
import type { Locale } from '../../texts/texts.ts';

export class LockWords implements ReactiveController {
  readonly #host: LitElement;
  #failed: Locale | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  in(locale: Locale): LockTexts | undefined {
    const words = knownLockTexts(locale);
    if (!words && this.#failed !== locale) void this.#load(locale);
    return words;
  }

  /** It could not be fetched; `again` asks once more. */
  get hasFailed(): boolean {
    return this.#failed !== undefined;
  }

  readonly again = (): void => {
    this.#failed = undefined;
    this.#host.requestUpdate();
  };

  async #load(locale: Locale): Promise<void> {
    await loadLockTexts(locale).catch(() => (this.#failed = locale));
    this.#host.requestUpdate();
  }
}
