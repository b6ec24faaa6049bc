// What belongs to an entity, XEP-0030: the services of a server, the rooms of a service.
import { bareOf } from '../jid.ts';
import type { Address } from '../../model/account.ts';
import { NS_DISCO_ITEMS } from '../namespaces.ts';
import { child, childrenNamed, element, type Element } from '../xml.ts';
import { writeGet } from './iq.ts';

export interface DiscoItem {
  address: Address;
  name?: string;
  node?: string;
}

export const writeItemsGet = (to: string): Element => writeGet(element('query', NS_DISCO_ITEMS), to);

export function readItems(iq: Element): DiscoItem[] {
  return childrenNamed(child(iq, 'query', NS_DISCO_ITEMS), 'item', NS_DISCO_ITEMS).flatMap(({ attributes: { jid = '', name, node } }) => {
    const address = bareOf(jid);
    return address ? [{ address, ...(name && { name }), ...(node && { node }) }] : [];
  });
}
