// The people of the account as the server has them, kept on disk with their version.
import type { Address } from '../../../model/account.ts';
import type { RosterAnswer, RosterItem, RosterPush } from '../../../xmpp/codecs/roster.ts';

/** The fact `roster`. */
export interface KeptRoster {
  version?: string;
  items: readonly RosterItem[];
}

export class Roster {
  readonly #items = new Map<Address, RosterItem>();
  #version: string | undefined;

  get version(): string | undefined {
    return this.#version;
  }

  get(address: Address): RosterItem | undefined {
    return this.#items.get(address);
  }

  all(): Iterable<RosterItem> {
    return this.#items.values();
  }

  load(kept: KeptRoster | undefined): void {
    this.#items.clear();
    for (const item of kept?.items ?? []) this.#items.set(item.address, item);
    this.#version = kept?.version;
  }

  kept(): KeptRoster {
    return { ...(this.#version && { version: this.#version }), items: [...this.#items.values()] };
  }

  /** The whole list. Answers whom it concerns: everybody in it, and those who are no longer. */
  replace(answer: RosterAnswer): Set<Address> {
    const concerned = new Set(this.#items.keys());
    this.#items.clear();
    for (const item of answer.items) {
      this.#items.set(item.address, item);
      concerned.add(item.address);
    }
    this.#version = answer.version;
    return concerned;
  }

  /** One change. Answers whom it concerns. */
  apply({ version, change }: RosterPush): Address {
    const address = 'removed' in change ? change.removed : change.set.address;
    if ('removed' in change) this.#items.delete(address);
    else this.#items.set(address, change.set);
    // Engines without versions push none: what we have is then no version at all.
    this.#version = version;
    return address;
  }
}
