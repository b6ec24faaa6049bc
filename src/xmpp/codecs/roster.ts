// The roster, RFC 6121 section 2: the people of an account, with versions so that an unchanged list costs nothing.
import type { Claim } from '../claim.ts';
import { bareOf } from '../jid.ts';
import type { Address } from '../../model/account.ts';
import { NS_ROSTER } from '../namespaces.ts';
import { child, childrenNamed, element, textOf, type Element } from '../xml.ts';
import { writeGet, writeSet } from './iq.ts';

export const rosterPushClaim: Claim = { stanza: 'iq', child: ['query', NS_ROSTER], types: ['set'] };

/** `to`: we see them; `from`: they see us. */
export type Subscription = 'none' | 'to' | 'from' | 'both';

export interface RosterItem {
  address: Address;
  name?: string;
  subscription: Subscription;
  /** We asked, they have not answered. */
  asked: boolean;
  /** They will be let in when they ask. */
  approved: boolean;
  groups: readonly string[];
}

export interface RosterAnswer {
  version?: string;
  items: readonly RosterItem[];
}

export interface RosterPush {
  version?: string;
  change: { set: RosterItem } | { removed: Address };
}

const SUBSCRIPTIONS: ReadonlySet<string> = new Set(['none', 'to', 'from', 'both']);

/** The empty version asks for the whole list and says that versions are understood. */
export const writeRosterGet = (version = ''): Element => writeGet(element('query', NS_ROSTER, { ver: version }));

export function writeRosterItem(address: Address, name: string | undefined, groups: readonly string[] = []): Element {
  const item = element(
    'item',
    NS_ROSTER,
    { jid: address, name },
    groups.map((group) => element('group', NS_ROSTER, {}, [group])),
  );
  return writeSet(element('query', NS_ROSTER, {}, [item]));
}

/** An empty result means: the version we named is still the newest. */
export function readRoster(iq: Element): RosterAnswer | 'unchanged' {
  const query = child(iq, 'query', NS_ROSTER);
  if (!query) return 'unchanged';
  const items = childrenNamed(query, 'item', NS_ROSTER).flatMap((item) => readItem(item) ?? []);
  const version = query.attributes['ver'];
  return { ...(version && { version }), items };
}

/** A push carries exactly one item. */
export function readRosterPush(iq: Element): RosterPush | undefined {
  const query = iq.attributes['type'] === 'set' ? child(iq, 'query', NS_ROSTER) : undefined;
  const items = childrenNamed(query, 'item', NS_ROSTER);
  const [item] = items;
  const change = item && items.length === 1 ? readChange(item) : undefined;
  const version = query?.attributes['ver'];
  return change && { ...(version && { version }), change };
}

function readChange(item: Element): RosterPush['change'] | undefined {
  if (item.attributes['subscription'] === 'remove') {
    const removed = bareOf(item.attributes['jid'] ?? '');
    return removed ? { removed } : undefined;
  }
  const set = readItem(item);
  return set && { set };
}

function readItem(item: Element): RosterItem | undefined {
  const { jid = '', name, subscription = 'none', ask, approved } = item.attributes;
  const address = bareOf(jid);
  if (!address || subscription === 'remove') return undefined;
  return {
    address,
    ...(name && { name }),
    subscription: SUBSCRIPTIONS.has(subscription) ? (subscription as Subscription) : 'none',
    asked: ask === 'subscribe',
    approved: approved === 'true' || approved === '1',
    groups: childrenNamed(item, 'group', NS_ROSTER).map((group) => textOf(group) ?? ''),
  };
}
