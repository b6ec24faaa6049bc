// Every stanza that is more than words, by the codec that reads it. Two equal claims fail a test.
import type { Claim } from './claim.ts';
import { archiveResultClaim } from './codecs/archive.ts';
import { receivedCarbonClaim, sentCarbonClaim } from './codecs/carbons.ts';
import { infoRequestClaim } from './codecs/disco-info.ts';
import { occupantClaim, roomMessageNoticeClaim } from './codecs/room-presence.ts';
import { eventClaim } from './codecs/pubsub.ts';
import { rosterPushClaim } from './codecs/roster.ts';

export type ClaimName =
  | 'received-carbon'
  | 'sent-carbon'
  | 'archive-result'
  | 'event'
  | 'roster-push'
  | 'info-request'
  | 'occupant'
  | 'room-notice';

export const CLAIMS: Readonly<Record<ClaimName, Claim>> = {
  'received-carbon': receivedCarbonClaim,
  'sent-carbon': sentCarbonClaim,
  'archive-result': archiveResultClaim,
  event: eventClaim,
  'roster-push': rosterPushClaim,
  'info-request': infoRequestClaim,
  occupant: occupantClaim,
  'room-notice': roomMessageNoticeClaim,
};
