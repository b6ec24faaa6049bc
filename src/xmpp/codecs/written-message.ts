// A message somebody wrote: its text, the sender's own id (XEP-0359) and the hint that it must survive (XEP-0334).
import { NS_CHAT_STATES, NS_CLIENT, NS_HINTS, NS_IDS } from '../namespaces.ts';
import { child, childrenNamed, element, textOf, type Element } from '../xml.ts';
import { writeMarkable } from './markers.ts';
import { writeReceiptRequest } from './receipts.ts';

export interface WrittenMessage {
  id: string;
  to: string;
  type: 'chat' | 'groupchat';
  text: string;
}

export function writeMessage({ id, to, type, text }: WrittenMessage): Element {
  const isDirect = type === 'chat';
  return element('message', NS_CLIENT, { to, type, id }, [
    element('body', NS_CLIENT, {}, [text]),
    element('origin-id', NS_IDS, { id }),
    element('store', NS_HINTS),
    isDirect ? writeReceiptRequest() : undefined,
    isDirect ? writeMarkable() : undefined,
    element('active', NS_CHAT_STATES),
  ]);
}

/** Undefined where there is none. Of several, in several languages, the one without a language is meant, else the first. */
export function readBody(message: Element): string | undefined {
  const bodies = childrenNamed(message, 'body', NS_CLIENT);
  return textOf(bodies.find((body) => body.attributes['xml:lang'] === undefined) ?? bodies[0]);
}

/** The sender's id for it. Some programs write only the stanza's own id. */
export function readOriginId(message: Element): string | undefined {
  return (child(message, 'origin-id', NS_IDS)?.attributes['id'] || message.attributes['id'])?.slice(0, 256) || undefined;
}

const ENCRYPTION = new Set([
  'urn:xmpp:omemo:2',
  'urn:xmpp:omemo:1',
  'eu.siacs.conversations.axolotl',
  'urn:xmpp:openpgp:0',
  'jabber:x:encrypted',
]);

/** It holds something that was meant for readers with a key. */
export function isEncrypted(message: Element): boolean {
  return message.children.some((one) => typeof one !== 'string' && ENCRYPTION.has(one.namespace) && one.name !== 'error');
}
