// What was read on any device of this person, XEP-0490: one item of a private node for each conversation.
import { NS_IDS, NS_MDS } from '../namespaces.ts';
import { child, element } from '../xml.ts';
import type { Item } from './pubsub.ts';

export interface DisplayedItem {
  conversation: string;
  /** The archive's id of the newest message that was read, and whose archive it is. */
  archiveId: string;
  by: string;
}

export const writeDisplayedItem = ({ conversation, archiveId, by }: DisplayedItem): Item => ({
  id: conversation,
  payload: element('displayed', NS_MDS, {}, [element('stanza-id', NS_IDS, { id: archiveId, by })]),
});

export function readDisplayedItem({ id, payload }: Item): DisplayedItem | undefined {
  if (payload?.name !== 'displayed' || payload.namespace !== NS_MDS) return undefined;
  const { id: archiveId, by } = child(payload, 'stanza-id', NS_IDS)?.attributes ?? {};
  return id && archiveId && by ? { conversation: id, archiveId, by } : undefined;
}
