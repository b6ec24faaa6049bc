// How a past message looks as a stanza, the way a client of today would have sent it.
import { conferenceDomainOf } from './plan.ts';
import type { PastMessage } from './population.ts';

const NS_MARKERS = 'urn:xmpp:chat-markers:0';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

export const addressOf = (name: string, domain: string): string => `${name}@${domain}`;

export const roomAddressOf = (name: string, domain: string): string => `${name}@${conferenceDomainOf(domain)}`;

/** `inside` is what an engine adds for itself; `namespace` is written where the engine keeps it on the outermost tag. */
export function pastStanza(message: PastMessage, domain: string, inside = '', namespace = false): string {
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
  return `<message${head}>${contentOf(message)}${id}<store xmlns='urn:xmpp:hints'/>${inside}</message>`;
}

function contentOf(message: PastMessage): string {
  if ('displays' in message) return `<displayed xmlns='${NS_MARKERS}' id='${escapeXml(message.displays)}'/>`;
  const receipt = message.room ? '' : `<request xmlns='urn:xmpp:receipts'/>`;
  return `<body>${escapeXml(message.text)}</body>${receipt}<markable xmlns='${NS_MARKERS}'/>`;
}
