// Binding an address to a stream, RFC 6120 section 7.
import { NS_BIND, NS_CLIENT, NS_SESSION } from '../namespaces.ts';
import { child, element, textOfChild, type Element } from '../xml.ts';

export function writeBind(id: string, resource: string): Element {
  return element('iq', NS_CLIENT, { type: 'set', id }, [element('bind', NS_BIND, {}, [element('resource', NS_BIND, {}, [resource])])]);
}

/** The full address that the engine gave, which need not be the one asked for. */
export function readBound(iq: Element): string | undefined {
  return textOfChild(child(iq, 'bind', NS_BIND), 'jid', NS_BIND)?.trim();
}

/** Only for engines that say they require it (RFC 3921). */
export function writeSession(id: string): Element {
  return element('iq', NS_CLIENT, { type: 'set', id }, [element('session', NS_SESSION)]);
}
