// What is said to iqs that ask something of us: an answer is owed to each, or whoever asked waits for ever.
import { bareOf, isSameJid } from '../../xmpp/jid.ts';
import { NS_CLIENT, NS_PING, NS_ROSTER, NS_STANZAS } from '../../xmpp/namespaces.ts';
import { child, element, type Element } from '../../xmpp/xml.ts';

export function isRequest(stanza: Element): boolean {
  const type = stanza.attributes['type'];
  return stanza.name === 'iq' && (type === 'get' || type === 'set');
}

export function answerRequest(iq: Element, own: string): Element {
  const { type, id, from } = iq.attributes;
  if (type === 'get' && child(iq, 'ping', NS_PING)) return element('iq', NS_CLIENT, { type: 'result', id, to: from });
  const isPush = type === 'set' && child(iq, 'query', NS_ROSTER) && (from === undefined || isSameJid(from, bareOf(own)));
  if (isPush) return element('iq', NS_CLIENT, { type: 'result', id, to: from });
  return element('iq', NS_CLIENT, { type: 'error', id, to: from }, [
    element('error', NS_CLIENT, { type: 'cancel' }, [element('service-unavailable', NS_STANZAS)]),
  ]);
}
