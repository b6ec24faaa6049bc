// Invitations to a room: by the room on behalf of somebody, XEP-0045, or by somebody directly, XEP-0249.
import type { Address } from '../../model/account.ts';
import { bareOf, parseAddress, resourceOf } from '../jid.ts';
import { NS_CLIENT, NS_CONFERENCE, NS_MUC_USER } from '../namespaces.ts';
import { child, element, type Element } from '../xml.ts';

export interface Invitation {
  room: Address;
  /** Who asks, where the engine vouches for it: what a room says of others is only its word. */
  by?: Address;
}

/** A room speaks under its bare address; whoever speaks as one inside of it, or as a person, invites for himself. */
export function readInvitation(message: Element): Invitation | undefined {
  const { from = '', type } = message.attributes;
  if (type === 'error' || type === 'groupchat') return undefined;
  const speaker = parseAddress(bareOf(from) ?? '');
  if (!speaker) return undefined;
  const isMediated = child(child(message, 'x', NS_MUC_USER), 'invite', NS_MUC_USER) !== undefined;
  if (isMediated) return resourceOf(from) ? undefined : { room: speaker };
  const room = parseAddress(child(message, 'x', NS_CONFERENCE)?.attributes['jid'] ?? '');
  return room ? { room, by: speaker } : undefined;
}

/** From person to person. Whom the room lets in is the room's affair. */
export const writeInvitation = (room: Address, person: Address, id: string): Element =>
  element('message', NS_CLIENT, { to: person, id }, [element('x', NS_CONFERENCE, { jid: room })]);

/** The room passes it on, and puts the guest on its list. */
export const writeInvitationThroughRoom = (room: Address, person: Address, id: string): Element =>
  element('message', NS_CLIENT, { to: room, id }, [element('x', NS_MUC_USER, {}, [element('invite', NS_MUC_USER, { to: person })])]);
