// What comes before it can be placed, and waits so long. A room is still being entered: who wrote what it says is known once it has told who is
// there. Or an engine hands on what it said to the stream before ours, and the pages that are on their way tell where that stands.
import type { Address } from '../../model/account.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { Circumstance } from './read-message.ts';

/** Nobody may fill the memory. */
const MOST_WAITING = 200;

export interface Waiting {
  stanza: Element;
  /** What of it the account's archive is said to have, and how. */
  archived?: { message: Element; how: Required<Pick<Circumstance, 'archiveId' | 'sentAt' | 'timeCertain'>> };
}

export class Doorway {
  readonly #waiting = new Map<Address, Waiting[]>();

  /** False where too much waits there, or the same. */
  wait(where: Address, what: Waiting): boolean {
    const waiting = this.#waiting.get(where) ?? [];
    if (waiting.length >= MOST_WAITING || waiting.some((one) => areTwins(one, what))) return false;
    waiting.push(what);
    this.#waiting.set(where, waiting);
    return true;
  }

  /** These have to wait no longer. */
  take(where: Address, isMeant: (one: Waiting) => boolean = () => true): readonly Waiting[] {
    const waiting = this.#waiting.get(where) ?? [];
    const taken = waiting.filter(isMeant);
    if (taken.length === waiting.length) this.#waiting.delete(where);
    else if (taken.length > 0)
      this.#waiting.set(
        where,
        waiting.filter((one) => !taken.includes(one)),
      );
    return taken;
  }

  /** The stream is another, or there is none any more. */
  clear(): void {
    this.#waiting.clear();
  }
}

const areTwins = (one: Waiting, other: Waiting): boolean =>
  one.archived !== undefined && one.archived.how.archiveId === other.archived?.how.archiveId;
