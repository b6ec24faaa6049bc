// Finds the programs that a start or a test needs, or installs them where that is possible, or says in one sentence what is missing.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install.ts';
import { hasProgram, thisMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import { done, trouble } from './outcome.ts';
import type { Outcome } from './outcome.ts';

export type ProgramName = 'prosody' | 'ejabberd' | 'chromium' | 'firefox' | 'webkit' | 'xvfb' | 'fonts' | 'omemo' | 'profanity';

export const PROGRAM_NAMES: readonly ProgramName[] = [
  'prosody',
  'ejabberd',
  'chromium',
  'firefox',
  'webkit',
  'xvfb',
  'fonts',
  'omemo',
  'profanity',
];

interface Need {
  packages: readonly string[];
  /** Any of these will do; none where packages bring no program. */
  programs: readonly string[];
}

const NEEDS: Readonly<Record<ProgramName, Need>> = {
  prosody: { packages: ['prosody', 'lua-dbi-sqlite3'], programs: ['prosody'] },
  ejabberd: { packages: ['ejabberd', 'erlang-p1-sqlite3', 'ejabberd-mod-isolation'], programs: ['erl'] },
  chromium: { packages: ['chromium'], programs: ['chromium', 'chromium-browser', 'google-chrome'] },
  firefox: { packages: ['firefox-esr'], programs: ['firefox-esr', 'firefox'] },
  webkit: { packages: ['webkit2gtk-driver'], programs: ['WebKitWebDriver'] },
  xvfb: { packages: ['xvfb'], programs: ['Xvfb'] },
  fonts: { packages: ['fonts-noto-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji'], programs: [] },
  // Somebody else's OMEMO, which ours is compared with. It runs as a process of its own.
  omemo: { packages: ['python3-twomemo', 'python3-oldmemo', 'python3-omemo', 'python3-xmlschema'], programs: [] },
  // Somebody else's client, in a terminal of its own.
  profanity: { packages: ['profanity', 'tmux'], programs: ['profanity'] },
};

/** What a browser test needs beside the browsers themselves. */
export const BROWSERS: readonly ProgramName[] = ['chromium', 'firefox', 'webkit', 'xvfb', 'fonts'];

export interface Ensuring {
  /** Where the installer's own output goes; `.run/install.log` without a wish. */
  logFile?: string;
  /** Told one line when something has to be installed. */
  say?: (line: string) => void;
  machine?: Machine;
}

const LOG_FILE: string = fileURLToPath(new URL('../../.run/install.log', import.meta.url));

export async function ensurePrograms(wanted: readonly (ProgramName | 'browsers')[], how: Ensuring = {}): Promise<Outcome<void>> {
  const { machine = thisMachine(), logFile = LOG_FILE, say = console.log } = how;
  const names = wanted.flatMap((name) => (name === 'browsers' ? BROWSERS : [name]));
  const missing = names.filter((name) => !isThere(machine, NEEDS[name]));
  if (missing.length === 0) return done(undefined);
  const packages = missing.flatMap((name) => packagesMissing(machine, NEEDS[name]));
  const refusal = whyNotInstall(machine, missing, packages);
  if (refusal) return trouble(refusal);
  say(`正在安装 · Installing ${packages.join(', ')} …`);
  await mkdir(dirname(logFile), { recursive: true });
  const installed = await installPackages(packages, logFile);
  if (!installed.ok) return trouble(`${packages.join(', ')} could not be installed: ${installed.said}. All of it is in ${logFile}.`);
  return done(undefined);
}

/** Where dpkg keeps the books they are asked; elsewhere the program itself has to do. */
function isThere(machine: Machine, need: Need): boolean {
  const found = need.programs.length === 0 || need.programs.some((program) => hasProgram(machine, program));
  return found && packagesMissing(machine, need).length === 0;
}

function packagesMissing(machine: Machine, need: Need): readonly string[] {
  const known = machine.packages;
  if (!known) return need.programs.some((program) => hasProgram(machine, program)) ? [] : need.packages;
  const [main, ...others] = need.packages;
  // A browser from elsewhere serves as well as Debian's own.
  const mainIsThere = need.programs.some((program) => hasProgram(machine, program)) || (main !== undefined && known.has(main));
  return [...(mainIsThere || main === undefined ? [] : [main]), ...others.filter((name) => !known.has(name))];
}

function whyNotInstall(machine: Machine, missing: readonly ProgramName[], packages: readonly string[]): string | undefined {
  const what = `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`;
  if (!machine.packages || !hasProgram(machine, 'apt-get')) {
    return `${what}: install ${missing.length > 1 ? 'them' : 'it'} with your system's package manager (Debian and Ubuntu call it ${packages.join(', ')}).`;
  }
  if (!machine.isRoot) return `${what}: run "sudo apt-get install --no-install-recommends ${packages.join(' ')}" and start again.`;
  return undefined;
}
