// Expected trouble of the runner: one clear sentence for the person at the terminal. Defects throw.

export type Outcome<T> = { ok: true; value: T } | { ok: false; said: string };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const trouble = (said: string): { ok: false; said: string } => ({ ok: false, said });

/** For callers that cannot go on without it, such as tests. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.said);
}
