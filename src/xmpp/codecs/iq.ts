// Questions and answers, RFC 6120 section 8.2.3.
import { NS_CLIENT, NS_STANZAS } from '../namespaces.ts';
import { element, type Element } from '../xml.ts';

/** Without `to` the account itself is asked, for which its server answers. The connection gives each its id. */
export const writeGet = (payload: Element, to?: string): Element => element('iq', NS_CLIENT, { type: 'get', to }, [payload]);

export const writeSet = (payload: Element, to?: string): Element => element('iq', NS_CLIENT, { type: 'set', to }, [payload]);

export function writeResult(asked: Element, payload?: Element): Element {
  const { id, from } = asked.attributes;
  return element('iq', NS_CLIENT, { type: 'result', id, to: from }, [payload]);
}

export function writeRefusal(asked: Element, condition: 'service-unavailable' | 'not-acceptable' | 'item-not-found'): Element {
  const { id, from } = asked.attributes;
  const error = element('error', NS_CLIENT, { type: 'cancel' }, [element(condition, NS_STANZAS)]);
  return element('iq', NS_CLIENT, { type: 'error', id, to: from }, [error]);
}
