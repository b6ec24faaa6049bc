// Every stanza that is more than words, by the codec that reads it. Two equal claims fail a test.
import { archiveResultClaim } from './codecs/archive.ts';
import { blockPushClaim, unblockPushClaim } from './codecs/blocking.ts';
import { receivedCarbonClaim, sentCarbonClaim } from './codecs/carbons.ts';
import { infoRequestClaim } from './codecs/disco-info.ts';
import { occupantClaim, roomMessageNoticeClaim } from './codecs/room-presence.ts';
import { eventClaim } from './codecs/pubsub.ts';
import { rosterPushClaim } from './codecs/roster.ts';

/** The stanza, the child that makes it what it is, and the types in which it counts; without types all but those listed elsewhere. */
export interface Claim {
  stanza: 'message' | 'presence' | 'iq';
  child: readonly [name: string, namespace: string];
  types?: readonly string[];
}

export type ClaimName =
  | 'received-carbon'
  | 'sent-carbon'
  | 'archive-result'
  | 'event'
  | 'roster-push'
  | 'block-push'
  | 'unblock-push'
  | 'info-request'
  | 'occupant'
  | 'room-notice';

export const CLAIMS: Readonly<Record<ClaimName, Claim>> = {
  'received-carbon': receivedCarbonClaim,
  'sent-carbon': sentCarbonClaim,
  'archive-result': archiveResultClaim,
  event: eventClaim,
  'roster-push': rosterPushClaim,
  'block-push': blockPushClaim,
  'unblock-push': unblockPushClaim,
  'info-request': infoRequestClaim,
  occupant: occupantClaim,
  'room-notice': roomMessageNoticeClaim,
};
