// Who belongs to a room, present or not: what its lists say, and what the room told since they were asked for.
import type { Address } from '../../../model/account.ts';
import { parseAddress } from '../../../xmpp/jid.ts';
import type { RoomMember } from '../../../xmpp/codecs/room-members.ts';
import type { Affiliation } from '../../../xmpp/codecs/room-presence.ts';

export type MemberRole = 'owner' | 'admin' | 'member';

export interface Member {
  address: Address;
  role: MemberRole;
}

/** A room that tells of more than this is not followed. */
const MOST_KEPT = 5_000;

export class Membership {
  #lists: readonly RoomMember[] | undefined;
  /** Told in passing. It came later than any list that is still on its way: what is newer than that list would be told again. */
  readonly #told = new Map<Address, Affiliation>();
  /** The room does not say who belongs to it. */
  isWithheld = false;

  get isKnown(): boolean {
    return this.#lists !== undefined;
  }

  learn(lists: readonly RoomMember[]): void {
    this.#lists = lists.slice(0, MOST_KEPT);
    this.isWithheld = false;
  }

  hear(address: Address, affiliation: Affiliation): void {
    if (this.#told.size < MOST_KEPT || this.#told.has(address)) this.#told.set(address, affiliation);
  }

  forget(): void {
    this.#lists = undefined;
    this.#told.clear();
    this.isWithheld = false;
  }

  /** People only: a list may also name a whole service, and nobody can write to that. Nobody who was shut out. */
  all(): readonly Member[] {
    const roles = new Map<Address, Affiliation>((this.#lists ?? []).map(({ address, affiliation }) => [address, affiliation]));
    for (const [address, affiliation] of this.#told) roles.set(address, affiliation);
    return [...roles].flatMap(([address, role]) => (isMember(role) && parseAddress(address) === address ? [{ address, role }] : []));
  }
}

const isMember = (affiliation: Affiliation): affiliation is MemberRole =>
  affiliation === 'owner' || affiliation === 'admin' || affiliation === 'member';
