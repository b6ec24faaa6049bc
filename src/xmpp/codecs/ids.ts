// Stable ids, XEP-0359: the sender's own (origin id), and those that archives gave (stanza id).
import { NS_IDS } from '../namespaces.ts';
import { child, childrenNamed, element, type Element } from '../xml.ts';

/** Whether `by` may be believed is decided in core: anybody can write such an element. */
export interface ArchiveId {
  by: string;
  id: string;
}

export const writeOriginId = (id: string): Element => element('origin-id', NS_IDS, { id });

export const readOriginId = (message: Element): string | undefined => child(message, 'origin-id', NS_IDS)?.attributes['id'] || undefined;

export function readArchiveIds(message: Element): ArchiveId[] {
  return childrenNamed(message, 'stanza-id', NS_IDS).flatMap(({ attributes: { by, id } }) => (by && id ? [{ by, id }] : []));
}
