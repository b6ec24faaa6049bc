// Whether a message was meant for readers with a key, XEP-0380 and the encryptions in use: all we can say of it without one.
import type { Element } from '../xml.ts';

const ENCRYPTIONS: ReadonlySet<string> = new Set([
  'urn:xmpp:eme:0',
  'urn:xmpp:omemo:2',
  'urn:xmpp:omemo:1',
  'eu.siacs.conversations.axolotl',
  'urn:xmpp:openpgp:0',
  'jabber:x:encrypted',
]);

export const isEncrypted = (message: Element): boolean =>
  message.children.some((one) => typeof one !== 'string' && ENCRYPTIONS.has(one.namespace));
