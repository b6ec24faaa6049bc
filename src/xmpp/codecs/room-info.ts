// What a room says about itself, XEP-0045 section 6.4.
import { NS_MAM, NS_MUC, NS_MUC_SELF_PING, NS_OCCUPANT_ID } from '../namespaces.ts';
import type { Element } from '../xml.ts';
import { readInfo, readInfoForm } from './disco-info.ts';

const NS_ROOM_INFO = 'http://jabber.org/protocol/muc#roominfo';
const MOST_NAMED = 200;

export interface RoomInfo {
  name?: string;
  description?: string;
  membersOnly: boolean;
  /** Everybody inside sees the true addresses. */
  showsAddresses: boolean;
  persistent: boolean;
  moderated: boolean;
  passwordProtected: boolean;
  archive: boolean;
  /** It stamps each stanza with who sent it, and strips what others claim (XEP-0421). */
  occupantIds: boolean;
  /** It answers pings to oneself on its own (XEP-0410). */
  selfPing: boolean;
  occupantCount?: number;
}

/** Undefined for what is no room: a person, a server, a whole service. */
export function readRoomInfo(iq: Element): RoomInfo | undefined {
  const info = readInfo(iq);
  const identity = info?.identities.find((one) => one.category === 'conference');
  const features = new Set(info?.features);
  if (!identity || !features.has(NS_MUC)) return undefined;
  const form = readInfoForm(iq, NS_ROOM_INFO);
  const description = form?.get('muc#roominfo_description')?.slice(0, MOST_NAMED);
  const occupantCount = form?.get('muc#roominfo_occupants');
  return {
    ...(identity.name && { name: identity.name.slice(0, MOST_NAMED) }),
    ...(description && { description }),
    membersOnly: features.has('muc_membersonly'),
    showsAddresses: features.has('muc_nonanonymous'),
    persistent: features.has('muc_persistent'),
    moderated: features.has('muc_moderated'),
    passwordProtected: features.has('muc_passwordprotected'),
    archive: features.has(NS_MAM),
    occupantIds: features.has(NS_OCCUPANT_ID),
    selfPing: features.has(NS_MUC_SELF_PING),
    ...(occupantCount && /^\d{1,6}$/.test(occupantCount) && { occupantCount: Number(occupantCount) }),
  };
}
