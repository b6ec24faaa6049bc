// Which way to sign in: the strongest that is offered, never weaker than the last time, and the bare password only where nothing else is known.
import type { Failure } from '../../model/failure.ts';
import { isScram, SCRAM_MECHANISMS } from './scram.ts';

export interface Means {
  /** There is a password at hand. */
  password: boolean;
  /** Mechanisms for which derived keys are at hand. */
  keys: readonly string[];
  /** What was used here before. */
  floor?: string;
}

export type Choice = { ok: true; mechanism: string } | { ok: false; failure: Failure };

export function chooseMechanism(offered: readonly string[], means: Means, service: string): Choice {
  const safe = SCRAM_MECHANISMS.filter((one) => offered.includes(one) && strength(one) >= strength(means.floor));
  const usable = safe.find((one) => means.password || means.keys.includes(one));
  if (usable) return { ok: true, mechanism: usable };
  if (safe.length > 0) return { ok: false, failure: { kind: 'wrong-credentials' } };
  if (mayTellPassword(offered, means)) return { ok: true, mechanism: 'PLAIN' };
  return { ok: false, failure: { kind: 'service-unsuitable', service, why: 'no-safe-sign-in' } };
}

/** A guess to be sent before the engine has told its offers. It tells no secret: the proof comes only after the offers were seen. */
export function guessMechanism(means: Means, remembered: string | undefined): string | undefined {
  const guess = remembered ?? means.floor ?? SCRAM_MECHANISMS.find((one) => means.keys.includes(one)) ?? 'SCRAM-SHA-256';
  const isUsable = isScram(guess) && strength(guess) >= strength(means.floor) && (means.password || means.keys.includes(guess));
  return isUsable ? guess : undefined;
}

/** Variants with channel binding count as offered: an engine that has them has no reason to want the password itself. */
function mayTellPassword(offered: readonly string[], means: Means): boolean {
  if (!means.password || !offered.includes('PLAIN') || strength(means.floor) > strength('PLAIN')) return false;
  return !offered.some((one) => one.startsWith('SCRAM-'));
}

/** 0 where nothing is known, 1 for PLAIN, more for SCRAM. */
function strength(mechanism: string | undefined): number {
  if (mechanism === undefined) return 0;
  const place = (SCRAM_MECHANISMS as readonly string[]).indexOf(mechanism);
  return place < 0 ? 1 : 1 + SCRAM_MECHANISMS.length - place;
}
