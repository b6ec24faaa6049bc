// Presence and subscription, RFC 6121 sections 3 and 4.
import { NS_CLIENT } from '../namespaces.ts';
import { child, element, textOf, textOfChild, type Element } from '../xml.ts';

export type Show = 'available' | 'chat' | 'away' | 'xa' | 'dnd';
export type SubscriptionStep = 'subscribe' | 'subscribed' | 'unsubscribe' | 'unsubscribed';

export interface PresenceTold {
  from?: string;
  kind: 'available' | 'unavailable' | 'error' | SubscriptionStep;
  show: Show;
  status?: string;
  priority: number;
}

const KINDS: ReadonlySet<string> = new Set(['unavailable', 'error', 'subscribe', 'subscribed', 'unsubscribe', 'unsubscribed']);
const SHOWS: ReadonlySet<string> = new Set(['chat', 'away', 'xa', 'dnd']);

/** Ours to everybody who may see it, or to one. */
export function writePresence(show: Show, extensions: readonly (Element | undefined)[] = [], to?: string): Element {
  const shown = show === 'available' ? undefined : element('show', NS_CLIENT, {}, [show]);
  return element('presence', NS_CLIENT, { to }, [shown, ...extensions]);
}

export const writeUnavailable = (to?: string): Element => element('presence', NS_CLIENT, { to, type: 'unavailable' });

/** The own name travels with a request, so that the other knows who asks (XEP-0172). */
export const writeSubscription = (step: SubscriptionStep, to: string, extensions: readonly (Element | undefined)[] = []): Element =>
  element('presence', NS_CLIENT, { to, type: step }, extensions);

/** Undefined for what is no presence, and for probes, which are not for clients. */
export function readPresence(stanza: Element): PresenceTold | undefined {
  if (stanza.name !== 'presence' || stanza.namespace !== NS_CLIENT) return undefined;
  const { type = 'available', from } = stanza.attributes;
  if (type !== 'available' && !KINDS.has(type)) return undefined;
  const show = textOf(child(stanza, 'show', NS_CLIENT))?.trim() ?? '';
  const status = textOfChild(stanza, 'status', NS_CLIENT);
  return {
    ...(from && { from }),
    kind: type as PresenceTold['kind'],
    show: SHOWS.has(show) ? (show as Show) : 'available',
    ...(status && { status }),
    priority: readPriority(textOfChild(stanza, 'priority', NS_CLIENT)),
  };
}

function readPriority(text: string | undefined): number {
  const priority = text && /^\s*[+-]?\d{1,3}\s*$/.test(text) ? Number(text) : 0;
  return Math.max(-128, Math.min(127, priority));
}
