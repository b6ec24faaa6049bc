// How a past message looks as a stanza, the way a client of today would have sent it.
import { escapeXml } from './escape-xml.ts';
import { fileElements } from './past-file.ts';
import { conferenceDomainOf } from './plan.ts';
import type { PastMessage } from './population.ts';

const NS_MARKERS = 'urn:xmpp:chat-markers:0';

export const addressOf = (name: string, domain: string): string => `${name}@${domain}`;

export const roomAddressOf = (name: string, domain: string): string => `${name}@${conferenceDomainOf(domain)}`;

export interface StanzaWish {
  /** What an engine adds for itself. */
  inside?: string;
  /** Written where the engine keeps it on the outermost tag. */
  namespace?: boolean;
  /** The address of the file that is in it. */
  url?: string | undefined;
}

export function pastStanza(message: PastMessage, domain: string, { inside = '', namespace = false, url }: StanzaWish = {}): string {
  const [from, to, type] = message.room
    ? [`${roomAddressOf(message.to, domain)}/${message.room.nick}`, undefined, 'groupchat']
    : [`${addressOf(message.from, domain)}/seed`, addressOf(message.to, domain), 'chat'];
  const head = [
    namespace ? ` xmlns='jabber:client'` : '',
    ` from='${escapeXml(from)}'`,
    to ? ` to='${escapeXml(to)}'` : '',
    ` type='${type}' id='${escapeXml(message.id)}'`,
  ].join('');
  const id = `<origin-id xmlns='urn:xmpp:sid:0' id='${escapeXml(message.id)}'/>`;
  return `<message${head}>${contentOf(message, url)}${id}<store xmlns='urn:xmpp:hints'/>${inside}</message>`;
}

function contentOf(message: PastMessage, url: string | undefined): string {
  if ('displays' in message) return `<displayed xmlns='${NS_MARKERS}' id='${escapeXml(message.displays)}'/>`;
  const receipt = message.room ? '' : `<request xmlns='urn:xmpp:receipts'/>`;
  const said =
    message.file && url !== undefined ? fileElements(message.file, message.text, url) : `<body>${escapeXml(message.text)}</body>`;
  return `${said}${receipt}<markable xmlns='${NS_MARKERS}'/>`;
}
