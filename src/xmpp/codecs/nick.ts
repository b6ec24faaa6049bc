// What people call themselves, XEP-0172 and XEP-0054. Anybody may call themselves anything: shown beside the address, never instead of it.
import { NS_NICK, NS_VCARD_TEMP } from '../namespaces.ts';
import { child, element, textOfChild, type Element } from '../xml.ts';
import { writeGet } from './iq.ts';

export const writeNick = (nick: string): Element => element('nick', NS_NICK, {}, [nick]);

export const readNick = (stanza: Element): string | undefined => textOfChild(stanza, 'nick', NS_NICK)?.trim() || undefined;

export const writeProfileGet = (to?: string): Element => writeGet(element('vCard', NS_VCARD_TEMP), to);

/** The nickname of a vCard, or its full name. */
export function readProfileName(iq: Element): string | undefined {
  const card = child(iq, 'vCard', NS_VCARD_TEMP);
  return (textOfChild(card, 'NICKNAME', NS_VCARD_TEMP) ?? '').trim() || (textOfChild(card, 'FN', NS_VCARD_TEMP) ?? '').trim() || undefined;
}
