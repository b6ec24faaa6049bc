// What a change of the session means for one thread.
import type { Look } from '../../client/session-client.ts';
import type { ConversationId } from '../../model/conversation.ts';

/** From the lowest to the highest place that changed. `from: Infinity`: only the newest end, outbox or marks did. */
export interface Touched {
  from: number;
  to: number;
}

/** `first` is the lowest place that is shown. What changed wholly below it touches nothing that is shown, but may be fetched now. */
export function touchedPlaces(
  looks: readonly Look[],
  conversation: ConversationId,
  first: number,
): { shown: Touched | undefined; isBelow: boolean } {
  let shown: Touched | undefined;
  let isBelow = false;
  for (const look of looks) {
    if (look.about !== 'everything' && (look.about !== 'thread' || look.conversation !== conversation)) continue;
    const touched = placesOf(look);
    isBelow ||= touched.from < first;
    if (touched.to >= first) shown = joinTouched(shown, touched);
  }
  return { shown, isBelow };
}

export const joinTouched = (one: Touched | undefined, other: Touched): Touched =>
  one ? { from: Math.min(one.from, other.from), to: Math.max(one.to, other.to) } : other;

function placesOf(look: Look): Touched {
  if (look.about !== 'thread') return { from: -Infinity, to: Infinity };
  return { from: look.from ?? Infinity, to: look.to ?? Infinity };
}
