// A defect, told to whoever develops: what broke, and its kind. Never what it says: words and keys may stand in that.
import type { Log, LogFacts } from './ports.ts';

export function complain(log: Log, what: string, defect: unknown, facts: LogFacts = {}): void {
  log.error(what, { ...facts, defect: defect instanceof Error ? defect.name : typeof defect });
}
