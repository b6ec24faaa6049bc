// What a disk may answer, told apart from our own defects.
import { Dexie } from 'dexie/dist/modern/dexie.mjs';

/** The browser names the cause on the transaction, Dexie puts it inside an error of its own, a bulk write lists one for each row. */
export function isQuotaError(error: unknown): boolean {
  return causesOf(error).some((cause) => cause.name === 'QuotaExceededError');
}

export const isDiskTrouble = (error: unknown): boolean => error instanceof DOMException || error instanceof Dexie.DexieError;

export const nameOfError = (error: unknown): string =>
  error instanceof Error || error instanceof DOMException ? error.name : typeof error;

function causesOf(error: unknown, depth = 0): { name?: unknown }[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const { inner, failures } = error as { inner?: unknown; failures?: unknown };
  const listed: unknown[] = Array.isArray(failures) ? failures : [];
  return [error, ...[inner, ...listed].flatMap((cause) => causesOf(cause, depth + 1))];
}
