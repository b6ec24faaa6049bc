// From what a person knows to a key: Argon2id, as slow as this device bears. A file of its own with its library: fetched when somebody locks or unlocks.
import { argon2id } from '@noble/hashes/argon2.js';
import { LEAST_COST, stretchSecret, type WordsCost } from '../../keys-from-words.ts';
import type { Cost } from '../schema.ts';

/** What a guess costs at least; cheaper ones are refused unseen. Tests take less. */
export type LeastCost = Pick<WordsCost, 'memoryKiB' | 'passes'>;
/** Beyond this a row was made to keep the device busy. */
const MOST_MEMORY_KIB = 128 * 1024;
const MOST_PASSES = 32;
/** What calibration goes up to: a phone must have it too. */
const ROOMY_KIB = 64 * 1024;
const ROUNDS = 600_000;
const MOST_ROUNDS = 10_000_000;
const KEY_LENGTH = 32;
const LANES = 1;
const PROBE_KIB = 4 * 1024;
/** About the middle of half a second and a whole. */
const AIM_MS = 750;

export const isBearable = (cost: Cost, least: LeastCost): boolean => {
  if (cost.kind === 'argon2id')
    return isWithin(cost.memoryKiB, least.memoryKiB, MOST_MEMORY_KIB) && isWithin(cost.passes, least.passes, MOST_PASSES);
  return cost.kind === 'hkdf' || (cost.kind === 'pbkdf2' && isWithin(cost.rounds, ROUNDS, MOST_ROUNDS));
};

const isWithin = (value: number, least: number, most: number): boolean => Number.isSafeInteger(value) && value >= least && value <= most;

/** The same secret, salt and cost give the same bytes. The caller overwrites them. */
export async function stretch(
  subtle: SubtleCrypto,
  secret: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  cost: Cost,
): Promise<Uint8Array<ArrayBuffer>> {
  if (cost.kind === 'argon2id') return stretchSecret(secret, salt, { memoryKiB: cost.memoryKiB, passes: cost.passes, lanes: LANES });
  const [name, how] = cost.kind === 'hkdf' ? ['HKDF', { info: new Uint8Array() }] : ['PBKDF2', { iterations: cost.rounds }];
  const key = await subtle.importKey('raw', secret, name, false, ['deriveBits']);
  return new Uint8Array(await subtle.deriveBits({ name, hash: 'SHA-256', salt, ...how }, key, KEY_LENGTH * 8));
}

/** Argon2's work grows with memory times passes, so that a small run tells what a large one takes. */
export function chooseCost(probeMs: number, aimMs: number = AIM_MS): Cost {
  const affordable = (aimMs / Math.max(probeMs, 0.1)) * PROBE_KIB;
  const memoryKiB = Math.max(LEAST_COST.memoryKiB, Math.min(ROOMY_KIB, Math.floor(affordable / LEAST_COST.passes / 1024) * 1024));
  const passes = Math.max(LEAST_COST.passes, Math.min(MOST_PASSES, Math.floor(affordable / memoryKiB)));
  return { kind: 'argon2id', memoryKiB, passes };
}

/** Measured on this very device. Where there is no memory for Argon2 at all, PBKDF2 has to do, and the row says so. */
export function calibrate(now: () => number): Cost {
  const probe = (memoryKiB: number, t: number): unknown => argon2id(new Uint8Array(16), new Uint8Array(16), { m: memoryKiB, t, p: LANES });
  try {
    // The first run also compiles.
    probe(PROBE_KIB, 1);
    const start = now();
    probe(PROBE_KIB, 1);
    const cost = chooseCost(now() - start);
    if (cost.kind === 'argon2id' && isRoomFor(cost.memoryKiB)) return cost;
    probe(LEAST_COST.memoryKiB, 1);
    return { kind: 'argon2id', memoryKiB: LEAST_COST.memoryKiB, passes: LEAST_COST.passes };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'pbkdf2', rounds: ROUNDS };
  }
}

function isRoomFor(memoryKiB: number): boolean {
  try {
    return new Uint8Array(memoryKiB * 1024).length > 0;
  } catch {
    return false;
  }
}
