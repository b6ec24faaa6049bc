// The lists of a room, XEP-0045 section 9.5: who belongs to it, present or not.
import type { Address } from '../../model/account.ts';
import { bareOf } from '../jid.ts';
import { NS_MUC_ADMIN } from '../namespaces.ts';
import { child, childrenNamed, element, type Element } from '../xml.ts';
import { writeGet } from './iq.ts';
import type { Affiliation } from './room-presence.ts';

export interface RoomMember {
  address: Address;
  affiliation: Affiliation;
  nick?: string;
}

export const writeMembersGet = (room: Address, affiliation: 'owner' | 'admin' | 'member' | 'outcast'): Element =>
  writeGet(element('query', NS_MUC_ADMIN, {}, [element('item', NS_MUC_ADMIN, { affiliation })]), room);

export function readMembers(iq: Element): RoomMember[] {
  return childrenNamed(child(iq, 'query', NS_MUC_ADMIN), 'item', NS_MUC_ADMIN).flatMap(({ attributes }) => {
    const { jid = '', affiliation, nick } = attributes;
    const address = bareOf(jid);
    return address && isListed(affiliation) ? [{ address, affiliation, ...(nick && { nick }) }] : [];
  });
}

const isListed = (text: string | undefined): text is Affiliation =>
  text !== undefined && ['owner', 'admin', 'member', 'outcast'].includes(text);
