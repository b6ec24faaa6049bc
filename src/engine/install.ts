// Installs Debian packages as root so that nothing of theirs is left running: engines belong to whoever starts them.
import { existsSync, rmSync } from 'node:fs';
import { chmod, readFile, readdir, writeFile } from 'node:fs/promises';
import type { Outcome } from './outcome.ts';
import { runProgram } from './run-program.ts';

/** Debian's own switch: installation scripts ask it whether they may start a service. */
const POLICY = '/usr/sbin/policy-rc.d';
const NO = '#!/bin/sh\nexit 101\n';

const OPTIONS = ['--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2'];
const QUIET = { DEBIAN_FRONTEND: 'noninteractive' };

export async function installPackages(packages: readonly string[], logFile: string): Promise<Outcome<string>> {
  const apt = (...given: string[]): Promise<Outcome<string>> =>
    runProgram({ program: 'apt-get', arguments: given, environment: QUIET, logFile });
  const before = await portMappers();
  const allowServices = existsSync(POLICY) ? () => {} : await forbidServices();
  try {
    // Old lists are better than none: a network that hides one archive may still reach the others.
    await apt('update');
    return await apt('install', ...OPTIONS, ...packages);
  } finally {
    allowServices();
    await endNewPortMappers(before);
  }
}

/** Taken back even when Ctrl-C comes in between: the machine's own services depend on it. */
async function forbidServices(): Promise<() => void> {
  const allow = (): void => {
    rmSync(POLICY, { force: true });
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  };
  const interrupted = (): void => {
    allow();
    process.exit(1);
  };
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  await writeFile(POLICY, NO);
  await chmod(POLICY, 0o755);
  return allow;
}

// ---- epmd ----
// ejabberd's installation script talks to a node and so leaves Erlang's port mapper behind, open to the network.

async function portMappers(): Promise<ReadonlySet<number>> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(numbers.map(async (name) => ((await nameOf(name)) === 'epmd' ? Number(name) : undefined)));
  return new Set(found.filter((pid) => pid !== undefined));
}

const nameOf = (pid: string): Promise<string> =>
  readFile(`/proc/${pid}/comm`, 'utf8').then(
    (name) => name.trim(),
    () => '',
  );

/** Exactly those that were not there before the installation. */
async function endNewPortMappers(before: ReadonlySet<number>): Promise<void> {
  for (const pid of await portMappers()) if (!before.has(pid)) endProcess(pid);
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It ended by itself in between.
  }
}
