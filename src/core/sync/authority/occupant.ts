// Who somebody in a room is. Names are free for the taking, so the room's own stamp counts where the room is known to make one.
import type { Address } from '../../../model/account.ts';
import type { AuthorId } from '../../../model/message.ts';
import { readOccupantIds } from '../../../xmpp/codecs/occupant-id.ts';
import { bareOf, resourceOf } from '../../../xmpp/jid.ts';
import type { Element } from '../../../xmpp/xml.ts';
import { readName, type ReadName } from './names.ts';

export interface Occupant extends ReadName {
  author: AuthorId;
  nick: string;
  /** The room vouches for it: a later message with the same author is by the same person. */
  stable: boolean;
}

export interface OccupantNeeds {
  room: Address;
  /** The room advertises XEP-0421: it stamps, and strips what others stamped. */
  occupantIds: boolean;
  /** How often somebody took this name while we were watching: whoever takes it next is another author. */
  epochOf?(nick: string): number | undefined;
}

const LONGEST_ID = 256;

/** Undefined for what the room says itself, and for what does not come from this room. */
export function identifyOccupant(stanza: Element, { room, occupantIds, epochOf }: OccupantNeeds): Occupant | undefined {
  const { from = '' } = stanza.attributes;
  const nick = resourceOf(from);
  if (!nick || bareOf(from) !== room) return undefined;
  const stamps = occupantIds ? readOccupantIds(stanza) : [];
  const [stamp] = stamps;
  const stable = stamp !== undefined && stamps.length === 1 && stamp.length <= LONGEST_ID;
  const author = stable ? authorOfStamp(room, stamp) : (`${room}/${nick}${writeEpoch(epochOf?.(nick))}` as AuthorId);
  return { author, nick, stable, ...readName(nick) };
}

export const authorOfStamp = (room: Address, stamp: string): AuthorId => `${room}#${stamp}` as AuthorId;

const writeEpoch = (epoch: number | undefined): string => (epoch ? `#${epoch}` : '');
