// When a message was sent. Engines pass on whatever delay somebody wrote, so a live message proves little about the past.
import { readDelays, type Delay } from '../../../xmpp/codecs/delay.ts';
import type { Element } from '../../../xmpp/xml.ts';

/** Clocks differ by this much without anybody lying. */
const TOLERANCE_MS = 120_000;

export interface TrustedTime {
  at: number;
  /** False where nobody we trust confirms it: the thread says so. */
  certain: boolean;
}

export interface TimeNeeds {
  /** Whose word may count at all: own server, own bare address, the room. */
  trusted: readonly string[];
  /** When it arrived. */
  now: number;
}

/**
 * Of a message that came live. What the archive says about its own results is certain and needs none of this.
 *   no delay of those we trust ──▶ now, certain          one, close to now ──▶ its time, certain
 *   one, in the past           ──▶ its time, uncertain    in the future, or several ──▶ now, uncertain
 */
export function trustedTime(message: Element, { trusted, now }: TimeNeeds): TrustedTime {
  const delays = delaysBy(message, trusted);
  const [delay] = delays;
  if (!delay) return { at: now, certain: true };
  if (delays.length > 1 || delay.at > now + TOLERANCE_MS) return { at: now, certain: false };
  return { at: Math.min(delay.at, now), certain: now - delay.at <= TOLERANCE_MS };
}

/** Whether it lay somewhere before it came, as one of those says whose word counts. */
export const isDelayed = (message: Element, trusted: readonly string[]): boolean => delaysBy(message, trusted).length > 0;

const delaysBy = (message: Element, trusted: readonly string[]): Delay[] =>
  readDelays(message).filter(({ from }) => from !== undefined && trusted.includes(from));

/** For times that only the archive's own wrapper tells. They too may not lie in the future. */
export function archivedTime(sentAt: number, now: number): TrustedTime {
  return sentAt > now + TOLERANCE_MS ? { at: now, certain: false } : { at: sentAt, certain: true };
}
