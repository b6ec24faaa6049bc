// The block list, XEP-0191.
import type { Address } from '../../model/account.ts';
import type { Claim } from '../claims-table.ts';
import { bareOf } from '../jid.ts';
import { NS_BLOCKING } from '../namespaces.ts';
import { child, childrenNamed, element, type Element } from '../xml.ts';
import { writeGet, writeSet } from './iq.ts';

export const blockPushClaim: Claim = { stanza: 'iq', child: ['block', NS_BLOCKING], types: ['set'] };
export const unblockPushClaim: Claim = { stanza: 'iq', child: ['unblock', NS_BLOCKING], types: ['set'] };

export interface BlockPush {
  blocked: readonly Address[];
  /** `all`: the whole list was emptied. */
  unblocked: readonly Address[] | 'all';
}

export const writeBlockListGet = (): Element => writeGet(element('blocklist', NS_BLOCKING));

export const writeBlock = (addresses: readonly Address[]): Element => writeSet(list('block', addresses));

export const writeUnblock = (addresses: readonly Address[]): Element => writeSet(list('unblock', addresses));

export const readBlockList = (iq: Element): Address[] => readAddresses(child(iq, 'blocklist', NS_BLOCKING));

export function readBlockPush(iq: Element): BlockPush | undefined {
  const block = child(iq, 'block', NS_BLOCKING);
  const unblock = child(iq, 'unblock', NS_BLOCKING);
  if (iq.attributes['type'] !== 'set' || !block === !unblock) return undefined;
  const unblocked = readAddresses(unblock);
  return { blocked: readAddresses(block), unblocked: unblock && unblocked.length === 0 ? 'all' : unblocked };
}

const list = (name: string, addresses: readonly Address[]): Element =>
  element(
    name,
    NS_BLOCKING,
    {},
    addresses.map((jid) => element('item', NS_BLOCKING, { jid })),
  );

const readAddresses = (parent: Element | undefined): Address[] =>
  childrenNamed(parent, 'item', NS_BLOCKING).flatMap(({ attributes: { jid } }) => bareOf(jid ?? '') || []);
