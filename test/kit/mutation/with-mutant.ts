// Runs test files in this process with one mutant in place of the true source, and ends at the first test that notices.
//   node with-mutant.ts '{file, start, end, text}' tests…
import { registerHooks } from 'node:module';
import { run } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Mutant } from './find-mutants.ts';

const [given = '', ...files] = process.argv.slice(2);
const mutant = JSON.parse(given) as Mutant;
const mutated = pathToFileURL(mutant.file).href;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (url !== mutated) return loaded;
    const source = String(loaded.source);
    return { ...loaded, source: source.slice(0, mutant.start) + mutant.text + source.slice(mutant.end) };
  },
});

const tests = run({ files, isolation: 'none', concurrency: false });
tests.on('test:fail', ({ name }) => {
  process.stdout.write(name);
  process.exit(1);
});
tests.on('end', () => process.exit(0));
tests.resume();
