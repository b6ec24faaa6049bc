// What a room says while we are still coming in: an engine may hand on what it said to the stream before ours. Who wrote it is known once the
// room has told who is there and what it is, so it waits so long.
import type { Address } from '../../../model/account.ts';
import type { Element } from '../../../xmpp/xml.ts';

/** What is beyond that is in the archive, or nobody's loss: a room must not fill the memory. */
const MOST_WAITING = 200;

export class Doorway {
  readonly #waiting = new Map<Address, Element[]>();

  wait(room: Address, message: Element): void {
    const waiting = this.#waiting.get(room) ?? [];
    this.#waiting.set(room, waiting);
    if (waiting.length < MOST_WAITING) waiting.push(message);
  }

  /** We are in. */
  take(room: Address): readonly Element[] {
    const waiting = this.#waiting.get(room) ?? [];
    this.#waiting.delete(room);
    return waiting;
  }

  /** The stream is another. */
  clear(): void {
    this.#waiting.clear();
  }
}
