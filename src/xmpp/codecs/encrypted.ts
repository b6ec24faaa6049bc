// Whether a message was meant for readers with a key, XEP-0380 and the encryptions in use: all we can say of it without one.
import { NS_CLIENT, NS_EME, NS_IDS, NS_LEGACY_OMEMO, NS_OMEMO } from '../namespaces.ts';
import { child, element, type Element } from '../xml.ts';

const ENCRYPTIONS: ReadonlySet<string> = new Set([
  NS_EME,
  NS_OMEMO,
  'urn:xmpp:omemo:1',
  NS_LEGACY_OMEMO,
  'urn:xmpp:openpgp:0',
  'jabber:x:encrypted',
]);

export const isEncryption = (one: Element): boolean => ENCRYPTIONS.has(one.namespace);

export const isEncrypted = (message: Element): boolean => message.children.some((one) => typeof one !== 'string' && isEncryption(one));

/** In a method that is spoken here. */
export const isOmemo = (message: Element): boolean =>
  Boolean(child(message, 'encrypted', NS_OMEMO) ?? child(message, 'encrypted', NS_LEGACY_OMEMO));

/** Outside, for those who cannot read what is inside, and for engines that keep only what they know. */
export const writeEncryptionName = (method: typeof NS_OMEMO | typeof NS_LEGACY_OMEMO): Element =>
  element('encryption', NS_EME, { name: 'OMEMO', namespace: method });

/**
 * In the older method, as all who speak it do: what ejabberd repeats to who comes into a room is only what has a text, and many older clients read
 * of a room no more than that.
 */
export const LEGACY_STAND_IN = '🔒 OMEMO';

/**
 * Whether people are meant by it: words bear the name of their method, an id, or a text for those who cannot read them. What programs tell each
 * other under the same seal, receipts and marks, needs none of these, so whoever cannot open it need not be told.
 */
export const isMeantForPeople = (message: Element): boolean =>
  Boolean(child(message, 'encryption', NS_EME) ?? child(message, 'origin-id', NS_IDS) ?? child(message, 'body', NS_CLIENT));

export const isEncryptionName = ({ namespace }: Element): boolean => namespace === NS_EME;
