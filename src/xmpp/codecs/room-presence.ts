// Presence in rooms, XEP-0045: joining, leaving, who is there, and why one is not.
import type { Address } from '../../model/account.ts';
import type { Claim } from '../claim.ts';
import { bareOf, resourceOf } from '../jid.ts';
import { NS_CLIENT, NS_MUC, NS_MUC_USER } from '../namespaces.ts';
import { child, childrenNamed, element, textOfChild, type Element } from '../xml.ts';

export const occupantClaim: Claim = { stanza: 'presence', child: ['x', NS_MUC_USER], types: ['available', 'unavailable'] };
/** Changed configuration, told to those inside; also invitations. */
export const roomMessageNoticeClaim: Claim = { stanza: 'message', child: ['x', NS_MUC_USER] };

export type Affiliation = 'owner' | 'admin' | 'member' | 'outcast' | 'none';
export type Role = 'moderator' | 'participant' | 'visitor' | 'none';

export interface OccupantTold {
  room: Address;
  nick: string;
  present: boolean;
  affiliation: Affiliation;
  role: Role;
  /** Known to moderators, or to all where the room is not anonymous. */
  realAddress?: Address;
  /** 110 is our own presence. */
  codes: readonly number[];
  /** The name taken instead, where this is the farewell of the old one. */
  newNick?: string;
  reason?: string;
  destroyed?: { instead?: Address; reason?: string };
}

const AFFILIATIONS: ReadonlySet<string> = new Set(['owner', 'admin', 'member', 'outcast', 'none']);
const ROLES: ReadonlySet<string> = new Set(['moderator', 'participant', 'visitor', 'none']);

/** No history is asked for: the archive tells it without gaps and with ids. */
export function writeJoin(room: Address, nick: string, extensions: readonly (Element | undefined)[] = []): Element {
  const history = element('history', NS_MUC, { maxstanzas: '0' });
  return element('presence', NS_CLIENT, { to: `${room}/${nick}` }, [element('x', NS_MUC, {}, [history]), ...extensions]);
}

export const writeLeave = (room: Address, nick: string): Element =>
  element('presence', NS_CLIENT, { to: `${room}/${nick}`, type: 'unavailable' });

export function readOccupant(presence: Element): OccupantTold | undefined {
  const { from = '', type } = presence.attributes;
  const user = child(presence, 'x', NS_MUC_USER);
  const room = bareOf(from);
  const nick = resourceOf(from);
  if (!user || !room || !nick || (type !== undefined && type !== 'unavailable')) return undefined;
  const item = child(user, 'item', NS_MUC_USER);
  const destroy = child(user, 'destroy', NS_MUC_USER);
  const { affiliation = '', role = '', jid, nick: newNick } = item?.attributes ?? {};
  const codes = readStatusCodes(user);
  const realAddress = bareOf(jid ?? '');
  const reason = textOfChild(item, 'reason', NS_MUC_USER);
  return {
    room,
    nick,
    present: type === undefined,
    affiliation: AFFILIATIONS.has(affiliation) ? (affiliation as Affiliation) : 'none',
    role: ROLES.has(role) ? (role as Role) : 'none',
    ...(realAddress && { realAddress }),
    codes,
    ...(codes.includes(303) && newNick && { newNick }),
    ...(reason && { reason }),
    ...(destroy && { destroyed: readDestroyed(destroy) }),
  };
}

/** The room and the name that a refused join was for; ejabberd sends the join back inside the error, Prosody does not. Why, `stanza-error.ts` reads. */
export function readRefusedJoin(presence: Element): { room: Address; nick?: string } | undefined {
  const { from = '', type } = presence.attributes;
  const room = bareOf(from);
  const nick = resourceOf(from);
  return type === 'error' && room ? { room, ...(nick && { nick }) } : undefined;
}

/** Status codes a room tells all inside by a message: 104 and 170 to 174 are changes of its configuration. */
export const readRoomNotice = (message: Element): readonly number[] => readStatusCodes(child(message, 'x', NS_MUC_USER));

/** Of somebody who is not inside: the room tells those who are what they are on its lists now. */
export function readAffiliationNotice(message: Element): { address: Address; affiliation: Affiliation } | undefined {
  const item = onlyItem(message);
  const { affiliation = '', jid = '' } = item?.attributes ?? {};
  const address = bareOf(jid);
  return address && AFFILIATIONS.has(affiliation) ? { address, affiliation: affiliation as Affiliation } : undefined;
}

/** Who said it, as the archive of a room adds it where everybody sees true addresses. Of two answers none counts. */
export function readVouchedAddress(message: Element): Address | undefined {
  return bareOf(onlyItem(message)?.attributes['jid'] ?? '') || undefined;
}

function onlyItem(message: Element): Element | undefined {
  const [user, another] = childrenNamed(message, 'x', NS_MUC_USER);
  const [item, second] = another ? [] : childrenNamed(user, 'item', NS_MUC_USER);
  return second ? undefined : item;
}

function readDestroyed(destroy: Element): { instead?: Address; reason?: string } {
  const instead = bareOf(destroy.attributes['jid'] ?? '');
  const reason = textOfChild(destroy, 'reason', NS_MUC_USER);
  return { ...(instead && { instead }), ...(reason && { reason }) };
}

function readStatusCodes(user: Element | undefined): number[] {
  return childrenNamed(user, 'status', NS_MUC_USER).flatMap(({ attributes: { code } }) =>
    code && /^\d{3}$/.test(code) ? [Number(code)] : [],
  );
}
