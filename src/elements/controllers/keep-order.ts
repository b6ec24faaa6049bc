// Rows that stay where they are while a person points at one.
import type { Conversation } from '../../model/conversation.ts';

/** The shown order with the fresh facts; what is gone leaves, what is new fills up from the end. */
export function keepOrder(shown: readonly Conversation[], fresh: readonly Conversation[]): readonly Conversation[] {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const known = new Set(shown.map((row) => row.id));
  const kept = shown.flatMap((row) => byId.get(row.id) ?? []);
  const added = fresh.filter((row) => !known.has(row.id));
  return [...kept, ...added];
}
