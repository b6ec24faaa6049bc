// What has been sent and not yet taken over by the engine, and how much of its own we have handled (XEP-0198). Counters are of 32 bits and wrap.
import type { Element } from '../../xmpp/xml.ts';

export type Fate = (fate: 'taken' | 'lost') => void;

interface Waiting {
  stanza: Element;
  fate: Fate | undefined;
}

export class Acknowledge {
  #waiting: Waiting[] = [];
  #taken: number;
  #handled: number;

  constructor(taken: number = 0, handled: number = 0) {
    this.#taken = taken;
    this.#handled = handled;
  }

  /** Of ours, taken over by the engine. */
  get taken(): number {
    return this.#taken;
  }

  /** Of the engine's, handled here: what we tell it. */
  get handled(): number {
    return this.#handled;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  sent(stanza: Element, fate: Fate | undefined): void {
    this.#waiting.push({ stanza, fate });
  }

  received(): void {
    this.#handled = (this.#handled + 1) >>> 0;
  }

  /** False where the engine counts more than was ever sent: nothing on this stream can be believed then. */
  acknowledged(count: number): boolean {
    const fresh = (count - this.#taken) >>> 0;
    if (fresh > this.#waiting.length) return false;
    this.#taken = count >>> 0;
    for (const one of this.#waiting.splice(0, fresh)) one.fate?.('taken');
    return true;
  }

  /** Told already, by a later word that overtook it. */
  isBehind(count: number): boolean {
    return ((count - this.#taken) | 0) <= 0;
  }

  /** What a resumed stream has to say again, in the order it was said. */
  unacknowledged(): readonly Element[] {
    return this.#waiting.map((one) => one.stanza);
  }

  lose(): void {
    const lost = this.#waiting;
    this.#waiting = [];
    for (const one of lost) one.fate?.('lost');
  }
}
