// Plays mutants one by one against tests, each in a process of its own: whoever makes no test fail has survived.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './find-mutants.ts';

export interface Played {
  mutant: Mutant;
  /** The test that noticed. Whatever never comes to an end is noticed as well. */
  noticedBy?: string;
}

const AT_ONCE = 2;
const PATIENCE_MS = 60_000;
const RUNNER = fileURLToPath(new URL('with-mutant.ts', import.meta.url));

/** Begins with no further one when the time is over. */
export async function playMutants(mutants: readonly Mutant[], tests: readonly string[], forMs: number): Promise<Played[]> {
  const [waiting, end] = [[...mutants], Date.now() + forMs];
  const played: Played[] = [];
  const work = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant && Date.now() < end; mutant = waiting.shift()) played.push(await play(mutant, tests));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return played;
}

function play(mutant: Mutant, tests: readonly string[]): Promise<Played> {
  const args = [RUNNER, JSON.stringify(mutant), ...tests];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { timeout: PATIENCE_MS, killSignal: 'SIGKILL' }, (failure, said) => {
      resolve(failure ? { mutant, noticedBy: said || 'nobody waits for ever' } : { mutant });
    });
  });
}
