// Who can read a message, and how sure that is. A conversation may claim no more than its weakest message bears.

/**
 * What is thought of a device. `first-use`: nobody has compared anything yet. `undecided`: it came after somebody had, and waits for a
 * word. `accepted`: let in without being compared. `refused`: gets nothing.
 */
export type Trust = 'first-use' | 'verified' | 'accepted' | 'undecided' | 'refused';

/** How one message travelled; of an own message the trust is that of the least trusted device it was written to. */
export type Protection = { readonly how: 'plain' } | { readonly how: 'omemo-2' | 'legacy'; readonly trust: Trust };

/** What a person wants of a conversation. `legacy`: the older method, while the other side, or somebody in the room, has nothing newer. */
export type EncryptionWish = 'on' | 'legacy' | 'off';

export type Badge = 'verified' | 'encrypted' | 'organisation' | 'mixed';

/** What one more message leaves of it: nothing is claimed again that was lost once. */
export function badgeWith(badge: Badge | undefined, message: Protection): Badge {
  const one = badgeOfOne(message);
  if (badge === undefined || badge === one) return one;
  return badge === 'mixed' || one === 'mixed' || badge === 'organisation' || one === 'organisation' ? 'mixed' : 'encrypted';
}

function badgeOfOne(message: Protection): Badge {
  if (message.how === 'plain') return 'organisation';
  if (message.how === 'legacy') return 'mixed';
  return message.trust === 'verified' ? 'verified' : 'encrypted';
}

export const isSameProtection = (a: Protection | undefined, b: Protection | undefined): boolean =>
  a?.how === b?.how && trustOf(a) === trustOf(b);

const trustOf = (one: Protection | undefined): Trust | undefined => (one && one.how !== 'plain' ? one.trust : undefined);

const ORDER: readonly Trust[] = ['refused', 'undecided', 'accepted', 'first-use', 'verified'];

/** Nobody at all has verified nothing. */
export const leastTrust = (all: readonly Trust[]): Trust => ORDER.find((trust) => all.includes(trust)) ?? 'first-use';

/** Why an encrypted message cannot be shown, as far as a person can do something about it. */
export type UnreadableWhy =
  /** It was not written to this device: sent before this device was known, or from an own device that does not know it yet. */
  | 'not-for-this-device'
  /** There is no session with the device that wrote it, or the session is behind: a person may begin anew. */
  | 'no-session'
  /** Changed on the way, or moved from where it belongs. */
  | 'tampered'
  /** Another key than the one that is known for this device. */
  | 'other-identity'
  /** A way of encrypting that this program does not speak. */
  | 'unknown-method'
  /** A room does not say whose it is, so nobody knows whose keys to try. */
  | 'unknown-sender';

/** Why nothing can be written encrypted in a room: others than members read along, do not know each other, or it does not say who they are. */
export type RoomUnfit = 'open' | 'anonymous' | 'lists-withheld';
