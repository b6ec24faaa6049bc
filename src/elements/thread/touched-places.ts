// What a change of the session means for one thread.
import type { Look } from '../../client/session-client.ts';
import type { ConversationId } from '../../model/conversation.ts';

/** The lowest place that changed: `Infinity` where only the newest end, outbox or marks did, `undefined` where the thread is not concerned. */
export function lowestTouched(looks: readonly Look[], conversation: ConversationId): number | undefined {
  let lowest: number | undefined;
  for (const look of looks) {
    if (look.about === 'everything') return -Infinity;
    if (look.about !== 'thread' || look.conversation !== conversation) continue;
    lowest = Math.min(lowest ?? Infinity, look.from ?? Infinity);
  }
  return lowest;
}
