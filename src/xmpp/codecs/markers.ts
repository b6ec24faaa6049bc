// Displayed markers, XEP-0333. `received` and `acknowledged` of older versions are read, never written.
import { NS_MARKERS } from '../namespaces.ts';
import { element, type Element } from '../xml.ts';

export type MarkerKind = 'received' | 'displayed' | 'acknowledged';

export interface Marker {
  kind: MarkerKind;
  /** In a chat the sender's id of the message, in a room the id the room's archive gave it. */
  id: string;
}

const KINDS: ReadonlySet<string> = new Set<MarkerKind>(['received', 'displayed', 'acknowledged']);

export const writeMarkable = (): Element => element('markable', NS_MARKERS);

export const writeDisplayed = (id: string): Element => element('displayed', NS_MARKERS, { id });

const isMarker = (one: Element | string): one is Element => typeof one !== 'string' && one.namespace === NS_MARKERS && KINDS.has(one.name);

export function readMarker(message: Element): Marker | undefined {
  const marker = message.children.find(isMarker);
  const id = marker?.attributes['id'];
  return marker && id ? { kind: marker.name as MarkerKind, id } : undefined;
}
