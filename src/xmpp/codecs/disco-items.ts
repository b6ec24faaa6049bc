// Which entities belong to another, XEP-0030.
import { NS_DISCO_ITEMS } from '../namespaces.ts';
import { child, childrenNamed, element, type Element } from '../xml.ts';
import { writeGet } from './iq.ts';

export const writeItemsGet = (to: string): Element => writeGet(element('query', NS_DISCO_ITEMS), to);

/** Their addresses. What hangs at a node of another address is no entity of its own. */
export const readItems = (iq: Element): string[] =>
  childrenNamed(child(iq, 'query', NS_DISCO_ITEMS), 'item', NS_DISCO_ITEMS).flatMap(({ attributes: { jid, node } }) =>
    jid && !node ? [jid] : [],
  );
