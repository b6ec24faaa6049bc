// `npm run check`: everything that must hold at every commit. Each line is one check; all of them run, whatever fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findBudgetFaults } from './budgets.ts';
import { findLicenceFaults } from './licences.ts';
import { runBuild } from './run-build.ts';
import { ROOT } from './source-files.ts';
import { findStructureFaults } from './structure.ts';
import { findSurfaceFaults } from './surface.ts';

type Check = () => string[] | Promise<string[]>;

const tool =
  (name: string, ...args: string[]): Check =>
  () => {
    const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin', name), args, {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    return status === 0 ? [] : [`${stdout}${stderr}`.trim()];
  };

const CHECKS: Readonly<Record<string, Check>> = {
  types: tool('tsc', '-b'),
  lint: tool('oxlint', '--type-aware', '--deny-warnings', 'src', 'test', 'demo', 'vite.config.ts', 'playwright.config.ts'),
  format: tool('oxfmt', '--check', '.'),
  structure: findStructureFaults,
  surface: findSurfaceFaults,
  licences: findLicenceFaults,
  build: async () =>
    (await runBuild().then(
      () => [],
      (error: unknown) => [String(error)],
    )) as string[],
  budgets: findBudgetFaults,
};

export async function check(names: readonly string[] = Object.keys(CHECKS)): Promise<{ passed: number; failed: number }> {
  let failed = 0;
  for (const name of names) {
    const faults = (await CHECKS[name]?.()) ?? [`there is no check named ${name}`];
    console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
    for (const fault of faults) console.log(fault.replaceAll(/^/gm, '     '));
    if (faults.length > 0) failed++;
  }
  return { passed: names.length - failed, failed };
}

if (process.argv[1] === import.meta.filename) {
  const names = process.argv.slice(2);
  const { passed, failed } = await check(names.length > 0 ? names : undefined);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
