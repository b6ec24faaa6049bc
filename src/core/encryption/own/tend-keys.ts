// The care that own keys need now and then, and the mark by which one published bundle is told from another.
import { fillUp, isRotationDue, PREKEYS_LEAST, rotateSigned, withoutHidden, type OwnKeys } from '../exchange/own-keys.ts';
import type { Dialect } from '../wire/dialect.ts';
import type { Primitives } from '../primitives/curves.ts';

/** So long after its use a prekey still opens what somebody else began with it. */
export const HIDDEN_MS: number = 10 * 60_000;

/** Whoever takes this device later must not open what was begun with them. The same object where there are none. */
export function dropUsed(keys: OwnKeys, now: number): OwnKeys {
  const isStale = keys.hidden.some(({ usedAt = 0 }) => usedAt < now - HIDDEN_MS);
  return isStale ? withoutHidden(keys, now - HIDDEN_MS) : keys;
}

/** The same object where there is nothing to do. */
export async function tendKeys(primitives: Primitives, given: OwnKeys, now: number, dialect: Dialect): Promise<OwnKeys> {
  let keys = dropUsed(given, now);
  if (isRotationDue(keys, now)) keys = await rotateSigned(primitives, keys, now, dialect);
  return keys.preKeys.length < PREKEYS_LEAST ? fillUp(primitives, keys) : keys;
}

/** Ids only grow, so whatever was used or added gives another sum. */
export function markOf({ deviceId, signed, preKeys }: OwnKeys): string {
  return `${deviceId} ${signed.id} ${preKeys.length} ${preKeys.reduce((sum, { id }) => sum + id, 0)}`;
}
