// A process of its own for one mutant: runs the named tests, which share what they import, and ends at the first that fails.
//   node with-mutant.ts '{"mutant": {…}, "tests": [[file, at], …]}'     the name of what noticed it is printed
//   node with-mutant.ts '{"traces": folder, "file": file}'              which parts of the sources there each test of the file reaches
import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { takeCollected, type CollectedTest } from './collected-tests.ts';
import type { Mutant } from './find-mutants.ts';
import { traceReach, type Traced } from './trace-reach.ts';

export type Told = { mutant?: Mutant; tests: readonly (readonly [file: string, at: number])[] } | { traces: string; file: string };

const told = JSON.parse(process.argv[2] ?? '') as Told;
const COLLECTING = new URL('collected-tests.ts', import.meta.url).href;
const mutant = 'tests' in told ? told.mutant : undefined;
const mutated = mutant && pathToFileURL(mutant.file).href;

registerHooks({
  resolve: (name, context, next) => (name === 'node:test' ? { url: COLLECTING, shortCircuit: true } : next(name, context)),
  load(url, context, next) {
    const loaded = next(url, context);
    if (url !== mutated) return loaded;
    const source = String(loaded.source);
    return { ...loaded, source: source.slice(0, mutant!.start) + mutant!.text + source.slice(mutant!.end) };
  },
});

if ('tests' in told) await play(told.tests);
else end(0, JSON.stringify(await trace(told.traces, told.file)));

async function play(tests: readonly (readonly [string, number])[]): Promise<void> {
  const files = new Map<string, CollectedTest[]>();
  for (const [file, at] of tests) {
    const collected = files.get(file) ?? (await collect(file));
    files.set(file, collected);
    const one = collected[at]!;
    await Promise.resolve(one.act()).catch((error: unknown) => end(1, `${one.name}: ${String(error).split('\n')[0]}`));
  }
  end(0, '');
}

async function trace(folder: string, file: string): Promise<Traced> {
  const take = await traceReach(folder);
  const tests = await collect(file);
  const loading = await take();
  const traced: Traced['tests'] = [];
  for (const { name, act } of tests) {
    const before = process.cpuUsage();
    await act();
    const { user, system } = process.cpuUsage(before);
    traced.push({ name, takesMs: (user + system) / 1000, reach: await take() });
  }
  return { file, loading, tests: traced };
}

async function collect(file: string): Promise<CollectedTest[]> {
  await import(pathToFileURL(file).href);
  return takeCollected();
}

/** At once: what is written in the usual way lets more run before it. */
function end(code: number, said: string): void {
  for (let rest = Buffer.from(said); rest.length > 0;) rest = rest.subarray(writeSync(1, rest));
  process.exit(code);
}
