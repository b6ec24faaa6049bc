// Bookmarks, XEP-0402: the rooms of an account, one item each, named by the room's address.
import type { Address } from '../../model/account.ts';
import { bareOf, parseAddress } from '../jid.ts';
import { NS_BOOKMARKS } from '../namespaces.ts';
import { child, element, textOfChild, type Element } from '../xml.ts';
import type { Item } from './pubsub.ts';

export interface Bookmark {
  room: Address;
  name?: string;
  autojoin: boolean;
  nick?: string;
  /** Other programs keep their own things here, and ask that they be kept. */
  extensions?: Element;
  password?: string;
}

export function writeBookmark({ room, name, autojoin, nick, password, extensions }: Bookmark): Item {
  const conference = element('conference', NS_BOOKMARKS, { name, autojoin: autojoin ? 'true' : undefined }, [
    nick === undefined ? undefined : element('nick', NS_BOOKMARKS, {}, [nick]),
    password === undefined ? undefined : element('password', NS_BOOKMARKS, {}, [password]),
    extensions,
  ]);
  return { id: room, payload: conference };
}

export function readBookmark({ id, payload }: Item): Bookmark | undefined {
  const room = parseAddress(id);
  if (!room || room !== bareOf(id) || payload?.name !== 'conference' || payload.namespace !== NS_BOOKMARKS) return undefined;
  const { name, autojoin } = payload.attributes;
  const nick = textOfChild(payload, 'nick', NS_BOOKMARKS);
  const password = textOfChild(payload, 'password', NS_BOOKMARKS);
  const extensions = child(payload, 'extensions', NS_BOOKMARKS);
  return {
    room,
    ...(name && { name }),
    autojoin: autojoin === 'true' || autojoin === '1',
    ...(nick && { nick }),
    ...(password && { password }),
    ...(extensions && { extensions }),
  };
}
