// Whether a process lives, and waiting for its end without asking too often.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A zombie whose parent has not looked yet counts as gone. */
export function isProcessAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Answers with how long it took, or undefined when it lives on. */
export async function untilProcessEnds(pid: number, patienceMs: number): Promise<number | undefined> {
  const startedAt = Date.now();
  while (Date.now() - startedAt < patienceMs) {
    if (!isProcessAlive(pid)) return Date.now() - startedAt;
    await wait(20);
  }
  return undefined;
}
