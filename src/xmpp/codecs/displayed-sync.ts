// How far this person has read on any device, XEP-0490: one item a conversation, named by its address.
import type { Address } from '../../model/account.ts';
import { bareOf } from '../jid.ts';
import { NS_MDS } from '../namespaces.ts';
import { element, type Element } from '../xml.ts';
import { readArchiveIds, writeArchiveId } from './ids.ts';
import type { Item } from './pubsub.ts';

export interface DisplayedUpTo {
  conversation: Address;
  /** The archive's id of the newest message that was seen. */
  archiveId: string;
  /** Whose archive: the account's own, or the room. */
  by: Address;
}

export function writeDisplayedUpTo({ conversation, archiveId, by }: DisplayedUpTo): Item {
  const payload: Element = element('displayed', NS_MDS, {}, [writeArchiveId({ by, id: archiveId })]);
  return { id: conversation, payload };
}

export function readDisplayedUpTo({ id, payload }: Item): DisplayedUpTo | undefined {
  const conversation = bareOf(id);
  if (!conversation || payload?.name !== 'displayed' || payload.namespace !== NS_MDS) return undefined;
  const [seen, second] = readArchiveIds(payload);
  const by = bareOf(seen?.by ?? '');
  return seen && by && !second ? { conversation, archiveId: seen.id, by } : undefined;
}
