// From a message stanza to what was seen in it. Whether the one who sent it may say so was asked before.
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { AuthorId } from '../../model/message.ts';
import type { Protection, UnreadableWhy } from '../../model/protection.ts';
import { isEncrypted, isMeantForPeople } from '../../xmpp/codecs/encrypted.ts';
import { readOriginId } from '../../xmpp/codecs/ids.ts';
import { readInvitation } from '../../xmpp/codecs/invitation.ts';
import { readMessage } from '../../xmpp/codecs/message.ts';
import { asksForReceipt } from '../../xmpp/codecs/receipts.ts';
import { bareOf, parseJid } from '../../xmpp/jid.ts';
import type { Element } from '../../xmpp/xml.ts';
import { cleanText } from './clean-text.ts';
import { readSharedFile } from './shared-file.ts';
import type { Sighting } from './sighting.ts';

export interface RoomAuthor {
  author: AuthorId;
  name: string;
  own: boolean;
  suspicious: boolean;
  /** Whose name it is, where the room tells. */
  account?: Address;
}

/** Who is meant by names and addresses, as the conversations stand now. */
export interface Acquaintance {
  self: Address;
  ownName(): string;
  nameOf(person: Address): string;
  isRoom(address: Address): boolean;
  /** Who wrote this message of a room, as it came now or as its archive has it; undefined where it is not somebody's. */
  occupantOf(room: Address, message: Element, isArchived?: boolean): RoomAuthor | undefined;
  ownNick(room: Address): string | undefined;
}

/** When and under which name an archive has it, as far as we believe it; and how it travelled, if it came sealed. */
export interface Circumstance {
  sentAt: number;
  timeCertain: boolean;
  archiveId?: string;
  protection?: Protection;
  unreadable?: UnreadableWhy;
}

/** Between which two people a message went; undefined where it is none of those a conversation shows. */
export function partiesOf(message: Element, self: Address): { other: ConversationId; own: boolean } | undefined {
  const { from = self, to = self } = message.attributes;
  const own = bareOf(from) === self;
  const other = own ? bareOf(to) : bareOf(from);
  return parseJid(other)?.local ? { other, own } : undefined;
}

export function readDirect(message: Element, how: Circumstance, who: Acquaintance): Sighting | undefined {
  const words = readMessage(message);
  const parties = partiesOf(message, who.self);
  if (!words || !parties || !isConversing(words.type) || who.isRoom(parties.other) || readInvitation(message)) return undefined;
  // What own devices tell each other is no message, also where it cannot be opened.
  if (parties.other === who.self && isEncrypted(message) && !isMeantForPeople(message)) return undefined;
  const content = contentOf(message, words.body, how);
  if (!content) return undefined;
  const author = parties.own ? who.self : parties.other;
  return {
    conversation: parties.other,
    kind: 'direct',
    author: author as string as AuthorId,
    authorName: parties.own ? who.ownName() : who.nameOf(parties.other),
    own: parties.own,
    mentionsMe: false,
    ...content,
    ...how,
    ...idsOf(message),
    ...(!parties.own && words.id && asksForReceipt(message) && { receiptFor: words.id }),
  };
}

/** `occupant`: who it was when it came; what is sealed waits, and names change hands meanwhile. */
export function readRoomMessage(
  room: Address,
  message: Element,
  how: Circumstance,
  who: Acquaintance,
  occupant: RoomAuthor | undefined,
): Sighting | undefined {
  const words = readMessage(message);
  if (words?.type !== 'groupchat' || bareOf(words.from ?? '') !== room) return undefined;
  const content = contentOf(message, words.body, how);
  if (!content || !occupant) return undefined;
  const { author, name, own, suspicious } = occupant;
  const mentionsMe = !own && mentions(content.text, who.ownNick(room));
  return {
    conversation: room,
    kind: 'room',
    author,
    authorName: name,
    ...(suspicious && !own && { suspicious }),
    own,
    mentionsMe,
    ...content,
    ...how,
    ...idsOf(message),
  };
}

/** Where it was said: between two people, or in a room by whoever had that name when it came. */
interface Where {
  conversation: ConversationId;
  isRoom: boolean;
  occupant: RoomAuthor | undefined;
}

export const readWords = (
  message: Element,
  how: Circumstance,
  who: Acquaintance,
  { conversation, isRoom, occupant }: Where,
): Sighting | undefined => (isRoom ? readRoomMessage(conversation, message, how, who, occupant) : readDirect(message, how, who));

/** What a message of an archive says: somebody's words, or something else. */
export const readArchivedWith =
  (who: Acquaintance) =>
  (message: Element, how: Circumstance, room: Address | undefined): { words: Sighting } | { other: Element } => {
    const words =
      room === undefined ? readDirect(message, how, who) : readRoomMessage(room, message, how, who, who.occupantOf(room, message, true));
    return words ? { words } : { other: message };
  };

const isConversing = (type: string): boolean => type === 'chat' || type === 'normal';

/** Ids are names, not texts: a long one is cut, so that nobody fills our memory with it. */
export const idOf = (message: Element): string | undefined =>
  (readOriginId(message) ?? message.attributes['id'])?.slice(0, 128) || undefined;

function idsOf(message: Element): { originId?: string } {
  const originId = idOf(message);
  return originId === undefined ? {} : { originId };
}

type Content = Pick<Sighting, 'text' | 'content' | 'file' | 'fileSource'>;

/** What encrypts leaves a body for those who cannot read it: that is not what was written. */
function contentOf(message: Element, body: string | undefined, { protection }: Circumstance): Content | undefined {
  if (isEncrypted(message)) return { text: '', content: 'unreadable' };
  const shared = readSharedFile(message, body ?? '', protection !== undefined && protection.how !== 'plain');
  if (shared) return { ...shared, content: 'text' };
  const text = body === undefined ? '' : cleanText(body);
  return text.trim() === '' ? undefined : { text, content: 'text' };
}

const WORD = /[\p{L}\p{N}_]/u;

/** The name on its own, not as a part of a longer word. Scripts without spaces have no such bounds: there an @ must stand before it. */
export function mentions(text: string, name: string | undefined): boolean {
  if (!name) return false;
  const [where, what] = [text.toLowerCase(), name.toLowerCase()];
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + 1)) {
    const [before = '', after = ''] = [where.charAt(at - 1), where.charAt(at + what.length)];
    if (before === '@' || (!WORD.test(before) && !WORD.test(after))) return true;
  }
  return false;
}
