// What may be claimed of a conversation, from what is known of each of its messages. Never more than the weakest of them bears.
import type { Trust } from './decide.ts';

export type Badge = 'verified' | 'encrypted' | 'organisation' | 'mixed';

/** How one message travelled; of one's own messages the trust is that of the least trusted device it was written to. */
export type Protection = { readonly how: 'plain' } | { readonly how: 'omemo-2' | 'legacy'; readonly trust: Trust };

export function badgeOf(messages: Iterable<Protection>): Badge {
  const seen = new Set<Badge>();
  for (const one of messages) seen.add(badgeOfOne(one));
  if (seen.has('mixed') || (seen.has('organisation') && seen.size > 1)) return 'mixed';
  if (seen.has('encrypted')) return 'encrypted';
  return seen.has('verified') ? 'verified' : 'organisation';
}

export function badgeOfOne(message: Protection): Badge {
  if (message.how === 'plain') return 'organisation';
  if (message.how === 'legacy') return 'mixed';
  return message.trust === 'verified' ? 'verified' : 'encrypted';
}

const ORDER: readonly Trust[] = ['refused', 'undecided', 'accepted', 'first-use', 'verified'];

/** Nobody at all has verified nothing. */
export const leastTrust = (all: readonly Trust[]): Trust => ORDER.find((trust) => all.includes(trust)) ?? 'first-use';
