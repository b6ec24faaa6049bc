// Where a time falls in a thread: the place of the first stored message that was sent then or later.
import type { ConversationRecord, Store, StoredMessage } from '../ports.ts';

/** Halves what lies between a message that is surely earlier and a place above which nothing earlier stands. `Infinity`: all are earlier. */
export async function placeOfTime(store: Store, { id, top }: ConversationRecord, sentAt: number): Promise<number> {
  const nextAbove = async (place: number): Promise<StoredMessage | undefined> => (await store.readAbove(id, place, 1))[0];
  const first = await nextAbove(-Infinity);
  if (!first || first.sentAt >= sentAt) return first?.order ?? Infinity;
  let [earlier, later] = [first.order, top];
  while (later > earlier) {
    const middle = Math.floor((earlier + later) / 2);
    const message = await nextAbove(middle);
    if (message && message.order <= later && message.sentAt < sentAt) earlier = message.order;
    else later = middle;
  }
  return (await nextAbove(earlier))?.order ?? Infinity;
}
