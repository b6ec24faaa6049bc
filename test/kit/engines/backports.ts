// A newer ejabberd beside the installed one: from the release's own backports suite, unpacked into a folder, never installed.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { done, trouble } from '../../../src/engine/outcome.ts';
import type { Outcome } from '../../../src/engine/outcome.ts';
import { runProgram } from '../../../src/engine/run-program.ts';
import { findUnpackedEjabberd } from '../../../src/engine/ejabberd/installed.ts';

const PACKAGES = ['ejabberd', 'ejabberd-mod-isolation'];
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const ARCHIVE = 'http://deb.debian.org/debian';

/** Answers with the folder to hand to an engine's plan. The second time it is there already. */
export async function unpackBackport(folder: string, least: string): Promise<Outcome<string>> {
  const root = join(folder, 'root');
  const version = findUnpackedEjabberd(root)?.version;
  if (version && Number(version) >= Number(least)) return done(root);
  const suite = await backportsSuite();
  if (!suite) return trouble('Backports are known for Debian only.');
  await rm(folder, { recursive: true, force: true });
  const fetched = await fetchPackages(folder, suite);
  if (!fetched.ok) return fetched;
  const found = findUnpackedEjabberd(fetched.value)?.version;
  if (!found || Number(found) < Number(least)) return trouble(`${suite} has ejabberd ${found ?? 'nowhere'}, not ${least}.`);
  await rename(fetched.value, root);
  return done(root);
}

async function backportsSuite(): Promise<string | undefined> {
  if (!existsSync('/etc/os-release') || !existsSync(KEYRING)) return undefined;
  const release = await readFile('/etc/os-release', 'utf8');
  const isDebian = /^ID=debian$/m.test(release);
  const codename = /^VERSION_CODENAME=(\w+)$/m.exec(release)?.[1];
  return isDebian && codename ? `${codename}-backports` : undefined;
}

/** Everything apt writes goes into the folder: neither its lists nor its cache nor what is installed is touched. */
async function fetchPackages(folder: string, suite: string): Promise<Outcome<string>> {
  const inside = (...parts: string[]): string => join(folder, ...parts);
  for (const path of ['lists/partial', 'cache/archives/partial', 'packages']) await mkdir(inside(path), { recursive: true });
  await writeFile(inside('sources.list'), `deb [signed-by=${KEYRING}] ${ARCHIVE} ${suite} main\n`);
  const apt = (given: readonly string[], directory = folder): Promise<Outcome<string>> =>
    runProgram({ program: 'apt-get', arguments: [...privateState(folder), ...given], directory });
  const updated = await apt(['update']);
  if (!updated.ok) return trouble(`The package lists of ${suite} could not be fetched.`);
  const planned = await apt(['--simulate', '--no-install-recommends', '--target-release', suite, 'install', ...PACKAGES]);
  const wanted = planned.ok ? packagesIn(planned.value) : [];
  if (wanted.length === 0) return trouble(`${suite} offers no ejabberd that fits this machine.`);
  const got = await apt(['download', ...wanted], inside('packages'));
  if (!got.ok) return trouble(`The packages of ${suite} could not be fetched.`);
  return unpackAll(inside('packages'), inside('unpacking'));
}

const privateState = (folder: string): string[] =>
  [
    `Dir::Etc::sourcelist=${join(folder, 'sources.list')}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
    'Acquire::Retries=1',
    'Acquire::http::Timeout=10',
    // A missing list is an error here, not a warning.
    'APT::Update::Error-Mode=any',
    // Nothing is installed, so nothing needs the system's locks.
    'Debug::NoLocking=1',
  ].flatMap((option) => ['-o', option]);

/** From lines such as `Inst erlang-p1-xml [1.1.49-2] (1.1.55-1~bpo12+1 Debian Backports:… [amd64])`. */
export function packagesIn(simulation: string): string[] {
  return [...simulation.matchAll(/^Inst (\S+) .*?\((\S+) /gm)].map(([, name, version]) => `${name}=${version}`);
}

async function unpackAll(packages: string, root: string): Promise<Outcome<string>> {
  await mkdir(root, { recursive: true });
  const script = 'for package in *.deb; do dpkg -x "$package" "$1" || exit 1; done';
  const unpacked = await runProgram({ program: 'sh', arguments: ['-c', script, 'sh', root], directory: packages });
  return unpacked.ok ? done(root) : trouble('The fetched packages could not be unpacked.');
}
