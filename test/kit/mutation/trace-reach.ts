// Which parts of a folder's sources ran: a mutant needs only the tests that reach it, and none where none does.
import { Session, type Profiler } from 'node:inspector/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** From, to, how often; what lies inside of another counts instead of it. */
export type Part = readonly [from: number, to: number, times: number];
export type Reach = Readonly<Record<string, readonly Part[]>>;

/** Of one file of tests. */
export interface Traced {
  file: string;
  /** What runs as soon as it is imported. */
  loading: Reach;
  tests: { name: string; takesMs: number; reach: Reach }[];
}

/** What is answered with each time is what ran since the last. */
export async function traceReach(folder: string): Promise<() => Promise<Reach>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const within = pathToFileURL(folder).href;
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const ours = result.filter(({ url }) => url.startsWith(within));
    return Object.fromEntries(ours.map((script) => [fileURLToPath(script.url), partsOf(script)]));
  };
}

const partsOf = ({ functions }: Profiler.ScriptCoverage): Part[] =>
  functions.flatMap(({ ranges }) => ranges.map(({ startOffset, endOffset, count }): Part => [startOffset, endOffset, count]));

export function isReached(reach: Reach, file: string, at: number): boolean {
  const around = (reach[file] ?? []).filter(([from, to]) => from <= at && at < to);
  const innermost = around.reduce<Part | undefined>(
    (best, part) => (best && best[1] - best[0] < part[1] - part[0] ? best : part),
    undefined,
  );
  return innermost !== undefined && innermost[2] > 0;
}
