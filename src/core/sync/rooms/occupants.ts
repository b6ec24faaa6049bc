// Who is in a room now, by the name they have there.
import type { Address } from '../../../model/account.ts';
import type { Affiliation, OccupantTold, Role } from '../../../xmpp/codecs/room-presence.ts';

export interface OccupantHere {
  nick: string;
  affiliation: Affiliation;
  role: Role;
  realAddress?: Address;
  /** Grows each time the name changes hands. */
  epoch: number;
}

/** Beyond this only the number is kept: a flood of names must not fill the memory. */
const MOST_KEPT = 5_000;

export class Occupants {
  readonly #here = new Map<string, OccupantHere>();
  readonly #epochs = new Map<string, number>();

  get count(): number {
    return this.#here.size;
  }

  get(nick: string): OccupantHere | undefined {
    return this.#here.get(nick);
  }

  all(): Iterable<OccupantHere> {
    return this.#here.values();
  }

  /** How often somebody took this name while we watched. Undefined for a name nobody had. */
  epochOf(nick: string): number | undefined {
    return this.#epochs.get(nick);
  }

  come({ nick, affiliation, role, realAddress }: OccupantTold): void {
    const known = this.#here.get(nick);
    if (!known && this.#here.size >= MOST_KEPT) return;
    const epoch = known?.epoch ?? this.#nextEpoch(nick);
    this.#here.set(nick, { nick, affiliation, role, epoch, ...(realAddress && { realAddress }) });
  }

  go(nick: string): void {
    this.#here.delete(nick);
  }

  /** The same person under another name. */
  rename(from: string, to: string): void {
    const known = this.#here.get(from);
    this.#here.delete(from);
    if (known) this.#here.set(to, { ...known, nick: to, epoch: this.#nextEpoch(to) });
  }

  clear(): void {
    this.#here.clear();
  }

  #nextEpoch(nick: string): number {
    const epoch = (this.#epochs.get(nick) ?? -1) + 1;
    if (this.#epochs.size < MOST_KEPT * 2) this.#epochs.set(nick, epoch);
    return epoch;
  }
}
