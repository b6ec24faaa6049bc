// In place of node:test while mutants are played: it collects the tests of a file, so that each can be run by itself and measured, many files
// share one process, and nothing is loaded or run that the mutant does not touch.

type Act = () => Promise<void> | void;
type Told = [name: string, act: Act] | [name: string, options: object, act: Act];

export interface CollectedTest {
  name: string;
  act: Act;
}

/** Of a file, or of a `describe` in it. */
interface Scope {
  name: string;
  before: Act[];
}

let scopes: Scope[] = [{ name: '', before: [] }];
let tests: CollectedTest[] = [];
/** Those that wait for something before they name their tests. */
let waiting: Promise<void>[] = [];

export function describe(...told: Told): void {
  scopes.push({ name: `${told[0]} › `, before: [] });
  waiting.push(Promise.resolve((told.at(-1) as Act)()));
  scopes.pop();
}

export function it(...told: Told): void {
  const around = [...scopes];
  const act = async (): Promise<void> => {
    for (const { before } of around) for (const one of before) await one();
    await (told.at(-1) as Act)();
  };
  tests.push({ name: around.map(({ name }) => name).join('') + told[0], act });
}

export const test: typeof it = it;

export function beforeEach(act: Act): void {
  scopes.at(-1)?.before.push(act);
}

/** Of the file that was imported since the last time. */
export async function takeCollected(): Promise<CollectedTest[]> {
  await Promise.all(waiting);
  const taken = tests;
  waiting = [];
  tests = [];
  scopes = [{ name: '', before: [] }];
  return taken;
}
