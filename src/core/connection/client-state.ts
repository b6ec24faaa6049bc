// Whether anybody looks, told to engines that care (XEP-0352), only when it changed. A new stream counts as looked at.
import { writeClientState } from '../../xmpp/codecs/client-state.ts';
import type { Element } from '../../xmpp/xml.ts';

export class ClientState {
  #isActive = true;
  #isTold = true;
  #isOffered = false;

  get isActive(): boolean {
    return this.#isActive;
  }

  set(isActive: boolean): void {
    this.#isActive = isActive;
  }

  offered(isOffered: boolean): void {
    this.#isOffered = isOffered;
  }

  freshStream(): void {
    this.#isTold = true;
  }

  /** Undefined where there is nothing new to say. */
  toTell(): Element | undefined {
    if (!this.#isOffered || this.#isTold === this.#isActive) return undefined;
    this.#isTold = this.#isActive;
    return writeClientState(this.#isActive);
  }
}
