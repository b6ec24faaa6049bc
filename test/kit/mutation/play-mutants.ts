// Plays mutants one by one against the tests that reach them, each in a process of its own, the quickest test first: whoever makes none fail
// has survived.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './find-mutants.ts';
import { isReached, type Traced } from './trace-reach.ts';
import type { Told } from './with-mutant.ts';

export interface Played {
  mutant: Mutant;
  /** The test that noticed. Whatever takes many times as long as without the mutant is noticed as well. */
  noticedBy?: string;
  /** How many tests reach it. */
  reachedBy: number;
}

export interface Play {
  tests: readonly string[];
  /** Where the mutants are. */
  folder: string;
  /** Begins with no further mutant when the time is over. */
  forMs: number;
  onPlayed?: (played: Played) => void;
}

interface Test {
  file: string;
  at: number;
  takesMs: number;
}

interface End {
  failed: boolean;
  said: string;
}

const RUNNER = fileURLToPath(new URL('with-mutant.ts', import.meta.url));
const LONGEST_TRACE_S = 120;
const LOADING_S = 10;
/** What a mutant gets of the quickest tests that reach it. Whoever survives them counts as a survivor: the true score is no lower. */
const TESTS_OF_EACH_MS = 10_000;

export async function playMutants(mutants: readonly Mutant[], { tests, folder, forMs, onPlayed }: Play): Promise<Played[]> {
  const end = Date.now() + forMs;
  const traced: Traced[] = [];
  for (const file of tests) traced.push(JSON.parse(await undisturbed({ traces: folder, file }, LONGEST_TRACE_S)) as Traced);
  const all = traced.flatMap(({ file, tests: its }) => its.map(({ takesMs }, at): Test => ({ file, at, takesMs })));
  await undisturbed(wish(all), secondsFor(all));
  const played: Played[] = [];
  for (const mutant of mutants) {
    if (Date.now() >= end) break;
    const one = await play(mutant, reaching(mutant, traced));
    onPlayed?.(one);
    played.push(one);
  }
  return played;
}

/** Nothing that is told of a mutant counts where the tests fail without any, in the same order and in one process too. */
async function undisturbed(told: Told, seconds: number): Promise<string> {
  const { failed, said } = await run(told, seconds);
  if (failed) throw new Error(`fails without any mutant: ${said}`);
  return said;
}

async function play(mutant: Mutant, tests: readonly Test[]): Promise<Played> {
  if (tests.length === 0) return { mutant, reachedBy: 0 };
  const quickest = withinBudget(tests);
  const { failed, said } = await run({ mutant, ...wish(quickest) }, secondsFor(quickest));
  return { mutant, reachedBy: tests.length, ...(failed && { noticedBy: said }) };
}

const reaching = ({ file, start, reachedAt = start }: Mutant, traced: readonly Traced[]): Test[] =>
  traced.flatMap(({ file: testFile, loading, tests }) =>
    tests.flatMap(({ takesMs, reach }, at) =>
      isReached(loading, file, reachedAt) || isReached(reach, file, reachedAt) ? { file: testFile, at, takesMs } : [],
    ),
  );

function withinBudget(tests: readonly Test[]): readonly Test[] {
  let spent = 0;
  return quickestFirst(tests).filter(({ takesMs }) => (spent += takesMs) <= TESTS_OF_EACH_MS);
}

const quickestFirst = (tests: readonly Test[]): readonly Test[] => tests.toSorted((a, b) => a.takesMs - b.takesMs);

const wish = (tests: readonly Test[]): { tests: [string, number][] } => ({
  tests: quickestFirst(tests).map(({ file, at }) => [file, at]),
});

const secondsFor = (tests: readonly Test[]): number =>
  LOADING_S + Math.ceil((3 * tests.reduce((sum, { takesMs }) => sum + takesMs, 0)) / 1000);

/** At small sizes, whatever the night is otherwise for. */
const { WARBLER_NIGHTLY: _, ...ENVIRONMENT } = process.env;
const SMALL = {
  ...ENVIRONMENT,
  WARBLER_PLAYS: '1',
  WARBLER_SCHEDULES: '10',
  WARBLER_STEPS: '60',
  WARBLER_TURNS: '2000',
  WARBLER_COPIES: '3',
};

/** So many seconds of the processor's own: on a busy machine nothing is taken for endless that only waits its turn. */
function run(told: Told, seconds: number): Promise<End> {
  const command = 'ulimit -t "$1"; exec "$2" "$3" "$4"';
  const args = ['-c', command, 'sh', String(seconds), process.execPath, RUNNER, JSON.stringify(told)];
  return new Promise((resolve) => {
    execFile('/bin/sh', args, { env: SMALL, maxBuffer: 2 ** 28 }, (failure, said, complained) => {
      resolve({ failed: failure !== null, said: said || (failure ? complained.slice(-300) || 'it never came to an end' : '') });
    });
  });
}
