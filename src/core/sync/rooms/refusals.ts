// Why one is not in a room, in words a person can be told.
import type { Failure, Refusal } from '../../../model/failure.ts';
import type { OccupantTold } from '../../../xmpp/codecs/room-presence.ts';
import type { StanzaError } from '../../../xmpp/codecs/stanza-error.ts';

const CONDITIONS: Readonly<Record<string, Refusal>> = {
  'registration-required': 'members-only',
  forbidden: 'banned',
  conflict: 'name-taken',
  'not-authorized': 'forbidden',
  'not-allowed': 'forbidden',
  'not-acceptable': 'forbidden',
};

/** An error in answer to a join. */
export function failureOfJoin({ condition, text, blocked }: StanzaError): Failure {
  const said = text && { said: text };
  if (blocked) return { kind: 'refused', reason: 'blocked', ...said };
  if (condition === 'item-not-found' || condition === 'gone' || condition === 'remote-server-not-found') return { kind: 'not-found' };
  if (condition === 'remote-server-timeout') return { kind: 'no-answer' };
  // A full room says `service-unavailable`, a busy one `resource-constraint`.
  if (condition === 'resource-constraint') return { kind: 'too-many-requests' };
  return { kind: 'refused', reason: CONDITIONS[condition] ?? 'other', ...said };
}

export type Farewell =
  /** Only the name changed. */
  | { why: 'renamed'; nick: string }
  /** The service went down or lost us: come back after a while. */
  | { why: 'lost' }
  /** Somebody showed us out: stay out. */
  | { why: 'shown-out'; failure: Failure };

/** What our own farewell means. The order matters: a ban is told as a removal too. */
export function readFarewell({ codes, newNick, reason, destroyed }: OccupantTold): Farewell {
  const said = reason && { said: reason };
  const has = (code: number): boolean => codes.includes(code);
  if (has(303) && newNick) return { why: 'renamed', nick: newNick };
  if (destroyed) return { why: 'shown-out', failure: { kind: 'not-found' } };
  if (has(301)) return { why: 'shown-out', failure: { kind: 'refused', reason: 'banned', ...said } };
  if (has(321) || has(322)) return { why: 'shown-out', failure: { kind: 'refused', reason: 'members-only', ...said } };
  // 333 marks what looks like a removal, but is a broken line.
  if (has(333) || has(332)) return { why: 'lost' };
  if (has(307)) return { why: 'shown-out', failure: { kind: 'refused', reason: 'forbidden', ...said } };
  return { why: 'lost' };
}
