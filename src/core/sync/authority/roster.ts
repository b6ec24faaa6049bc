// Changes of the roster: only the own server tells them, with no sender or in the account's own name.
import type { Address } from '../../../model/account.ts';
import { rosterPushClaim, readRosterPush, type RosterPush } from '../../../xmpp/codecs/roster.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Judged } from './judged.ts';
import { isClaimed } from './shape.ts';

export function acceptRosterPush(iq: Element, ownBare: Address): Judged<RosterPush> {
  if (!isClaimed(iq, rosterPushClaim)) return undefined;
  return isFromOwnServer(iq, ownBare) ? (readRosterPush(iq) ?? 'forged') : 'forged';
}

function isFromOwnServer(iq: Element, ownBare: Address): boolean {
  const { from } = iq.attributes;
  return from === undefined || from === ownBare;
}
