// `npm test`: every suite, in the order in which a fault is cheapest to find, and one line that sums what really ran.
// `node test/run.ts unit engines` runs just those.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePrograms } from '../src/engine/programs.ts';
import { runBrowsers } from './kit/run-browsers.ts';
import { check } from './structure/check.ts';
import { ROOT } from './structure/source-files.ts';

interface Tally {
  passed: number;
  failed: number;
}

const SUITES: Readonly<Record<string, () => Promise<Tally>>> = {
  check: () => check(),
  unit: () => runNode('test/unit/**/*.test.ts', 'test/cases/**/*.test.ts', 'test/structure/**/*.test.ts'),
  engines: () => runNode('--test-concurrency=1', '--test-force-exit', 'test/engines/**/*.test.ts'),
  browsers: runBrowserSuites,
  e2e: runEndToEnd,
};

async function runNode(...args: string[]): Promise<Tally> {
  const { code, output } = await run(process.execPath, ['--test', '--test-timeout=300000', '--test-reporter=spec', ...args]);
  return tally(code, count(output, /^ℹ pass (\d+)/gm), count(output, /^ℹ fail (\d+)/gm) + count(output, /^ℹ cancelled (\d+)/gm));
}

async function runBrowserSuites(): Promise<Tally> {
  const { code, output } = await runBrowsers();
  const last = output.slice(output.lastIndexOf('Chromium:'));
  return tally(code, count(last, /\| (\d+) passed/g), count(last, /passed, (\d+) failed/g));
}

async function runEndToEnd(): Promise<Tally> {
  const report = join(ROOT, 'test-results/report.json');
  rmSync(report, { force: true });
  process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = report;
  const { code } = await run(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json']);
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { stats } = JSON.parse(readFileSync(report, 'utf8')) as { stats: { expected: number; unexpected: number; flaky: number } };
  return tally(code, stats.expected, stats.unexpected + stats.flaky);
}

/** A suite that ended badly without naming a failed test has failed all the same. */
const tally = (code: number, passed: number, failed: number): Tally => ({ passed, failed: code !== 0 && failed === 0 ? 1 : failed });

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);

async function run(command: string, args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code: code ?? 1, output };
}

const wanted = process.argv.slice(2);
const sum: Tally = { passed: 0, failed: 0 };
const ensured = await ensurePrograms(['prosody', 'ejabberd', 'omemo', 'browsers']);
if (!ensured.ok) console.error(ensured.said);
for (const name of wanted.length > 0 ? wanted : Object.keys(SUITES)) {
  const suite = SUITES[name];
  if (!suite) throw new Error(`There is no suite named ${name}: choose from ${Object.keys(SUITES).join(', ')}.`);
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  const { passed, failed } = await suite();
  sum.passed += passed;
  sum.failed += failed;
  console.log(`== ${name}: ${passed} passed, ${failed} failed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 ? 0 : 1);
