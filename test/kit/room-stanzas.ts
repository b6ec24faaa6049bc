// What the rooms of these tests say, and a room sync among them.
import { RoomSync, type RoomNeeds } from '../../src/core/sync/rooms/room-sync.ts';
import type { Address } from '../../src/model/account.ts';
import { succeeded, type Answer } from '../../src/model/failure.ts';
import type { Element } from '../../src/xmpp/xml.ts';
import { garden, liveKit, type LiveKit } from './live-needs.ts';
import { settled, stanza, type Script } from './scripted-connection.ts';

export const USER = 'http://jabber.org/protocol/muc#user';
export const INFO = 'http://jabber.org/protocol/disco#info';
export const info = (features = ''): Answer<Element> =>
  succeeded(
    stanza(
      `<iq type="result" from="${garden}"><query xmlns="${INFO}"><identity category="conference" type="text" name="The Garden"/>` +
        `<feature var="http://jabber.org/protocol/muc"/><feature var="urn:xmpp:mam:2"/><feature var="urn:xmpp:occupant-id:0"/>${features}</query></iq>`,
    ),
  );
export const bookmarksOf = (conferences: string): Answer<Element> =>
  succeeded(
    stanza(
      `<iq type="result"><pubsub xmlns="http://jabber.org/protocol/pubsub"><items node="urn:xmpp:bookmarks:1">${conferences}</items></pubsub></iq>`,
    ),
  );
export const bookmark = (room: string, attributes = 'autojoin="true"', inner = ''): string =>
  `<item id="${room}"><conference xmlns="urn:xmpp:bookmarks:1" ${attributes}>${inner}</conference></item>`;

/** An engine with one room, no bookmarks until told otherwise. */
export const engine =
  (bookmarks = '', features = ''): Script =>
  (_, text) => {
    if (text.includes(`"${INFO}"`)) return info(features);
    if (text.includes('<items node="urn:xmpp:bookmarks:1"')) return bookmarksOf(bookmarks);
    return succeeded(stanza('<iq type="result"/>'));
  };

export const there = (nick: string, codes = '', item = 'affiliation="none" role="participant"', more = ''): string =>
  `<presence from="${garden}/${nick}"><x xmlns="${USER}"><item ${item}/>${codes}</x>${more}</presence>`;
export const self = (nick = 'alice', codes = ''): string => there(nick, `<status code="110"/>${codes}`);
export const gone = (nick: string, inner: string): string =>
  `<presence from="${garden}/${nick}" type="unavailable"><x xmlns="${USER}">${inner}</x></presence>`;
export const error = (nick: string, condition: string, type = 'cancel'): string =>
  `<presence from="${garden}/${nick}" type="error"><x xmlns="http://jabber.org/protocol/muc"/><error type="${type}"><${condition} xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></presence>`;

export interface Opened extends LiveKit {
  rooms: RoomSync;
  hear(text: string): boolean;
  joined: [Address, boolean][];
}

export async function opened(script: Script = engine(), prepare?: (kit: LiveKit) => void): Promise<Opened> {
  const kit = liveKit(script);
  prepare?.(kit);
  const joined: [Address, boolean][] = [];
  const needs: RoomNeeds = { ...kit.needs, ownName: () => 'alice', joined: (room, { archive }) => void joined.push([room, archive]) };
  const rooms = new RoomSync(needs);
  await rooms.load();
  rooms.onOpening();
  await settled();
  rooms.onOnline('fresh');
  return { ...kit, rooms, joined, hear: (text) => rooms.handle(stanza(text)) };
}

/** Asks to join, and lets the room answer. */
export async function joining(kit: Opened, ...answers: string[]): Promise<Answer<Address>> {
  const answer = kit.rooms.joinRoom(garden);
  await settled();
  for (const text of answers) kit.hear(text);
  const ended = await answer;
  await settled();
  return ended;
}

export const joins = (said: readonly string[]): string[] =>
  said.filter((text) => text.includes('<history')).map((text) => /to="[^"]*"/.exec(text)![0]);
