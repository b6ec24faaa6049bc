// Where two people stand with each other, from the roster and from what was asked.
import type { Standing } from '../../../model/conversation.ts';
import type { RosterItem } from '../../../xmpp/codecs/roster.ts';

/** An open question of the other comes first: it is the one that a person has to answer. */
export function standingOf(item: RosterItem | undefined, asks: boolean): Standing {
  const subscription = item?.subscription ?? 'none';
  if (asks && subscription !== 'from' && subscription !== 'both') return 'asks-for-contact';
  if (subscription !== 'none') return 'contact';
  return item?.asked ? 'asked-by-us' : 'stranger';
}

/** Whoever we asked, or already see, may see us too: two who want the same are not asked again. */
export const isWelcome = (item: RosterItem | undefined): boolean =>
  item !== undefined && (item.asked || item.approved || item.subscription !== 'none');

/** Whether we are told when they come and go. */
export const isSeen = (item: RosterItem | undefined): boolean => item?.subscription === 'to' || item?.subscription === 'both';
