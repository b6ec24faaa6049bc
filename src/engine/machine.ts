// What the runner must know of the machine it stands on. Tests hand in another one.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Machine {
  isRoot: boolean;
  /** The folders programs are looked for in. */
  searchPath: readonly string[];
  /** Names of installed Debian packages, or undefined where there is no dpkg. */
  packages: ReadonlySet<string> | undefined;
}

const PACKAGE_LISTS = '/var/lib/dpkg/info';

export function thisMachine(): Machine {
  return {
    isRoot: process.getuid?.() === 0,
    // Engines live in /usr/sbin on some systems, which people's own search path leaves out.
    searchPath: [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'],
    packages: installedPackages(),
  };
}

/** Reading the folder is a hundred times faster than asking dpkg. */
function installedPackages(): ReadonlySet<string> | undefined {
  if (!existsSync(PACKAGE_LISTS)) return undefined;
  const lists = readdirSync(PACKAGE_LISTS).filter((name) => name.endsWith('.list'));
  return new Set(lists.map((name) => name.slice(0, -'.list'.length).split(':')[0] ?? name));
}

export function hasProgram(machine: Machine, name: string): boolean {
  return machine.searchPath.some((folder) => folder !== '' && isExecutable(join(folder, name)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
