// Who is there just now, over all their devices. Never stored: it is true only while the connection lives.
import type { Address } from '../../../model/account.ts';
import type { Presence } from '../../../model/conversation.ts';
import type { Show } from '../../../xmpp/codecs/presence.ts';

/** Who is reachable comes first; a wish not to be disturbed was spoken by a person, being away is told by a timer. */
const RANKS: readonly Presence[] = ['available', 'busy', 'away', 'offline'];

/** More devices than anybody has; beyond it somebody plays with resources. */
const MOST_DEVICES = 32;

export class Presences {
  readonly #devices = new Map<Address, Map<string, Presence>>();

  /** `offline` means that nothing was heard; whether we would have heard, the caller knows. */
  of(person: Address): Presence {
    const devices = new Set(this.#devices.get(person)?.values());
    return RANKS.find((rank) => devices.has(rank)) ?? 'offline';
  }

  /** Answers whether the person as a whole appears otherwise now. */
  tell(person: Address, device: string, show: Show | undefined): boolean {
    const before = this.of(person);
    const devices = this.#devices.get(person) ?? new Map<string, Presence>();
    if (show === undefined) devices.delete(device);
    else if (devices.has(device) || devices.size < MOST_DEVICES) devices.set(device, presenceOf(show));
    if (devices.size > 0) this.#devices.set(person, devices);
    else this.#devices.delete(person);
    return this.of(person) !== before;
  }

  /** An unavailable presence without a device, or the end of a friendship. */
  forget(person: Address): boolean {
    return this.#devices.delete(person);
  }

  /** A new session is told everything anew. */
  clear(): boolean {
    const hadAny = this.#devices.size > 0;
    this.#devices.clear();
    return hadAny;
  }
}

function presenceOf(show: Show): Presence {
  if (show === 'dnd') return 'busy';
  return show === 'away' || show === 'xa' ? 'away' : 'available';
}
