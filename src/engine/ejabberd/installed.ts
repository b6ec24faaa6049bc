// Finds ejabberd's libraries, installed or unpacked, and which version they are.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EnginePlan } from '../plan.ts';

export interface EjabberdLibraries {
  /** The folder that holds `ejabberd-24.12` and, unpacked, the libraries it brought. */
  folder: string;
  version: string;
  /** Each `ebin` to be put before the installed ones. Empty for an installed ejabberd. */
  beams: readonly string[];
  /** The package that keeps tenants apart is there. */
  isolation: boolean;
}

const VERSIONED = /^ejabberd-(\d+\.\d+)$/;
const SYSTEM = '/usr/lib';

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

function versionIn(folder: string): string | undefined {
  return namesIn(folder).flatMap((name) => VERSIONED.exec(name)?.[1] ?? [])[0];
}

function describe(folder: string, version: string, beams: readonly string[]): EjabberdLibraries {
  const isolation = namesIn(folder).some((name) => existsSync(join(folder, name, 'ebin', 'mod_isolation.beam')));
  return { folder, version, beams, isolation };
}

/** Debian puts it below the machine's multiarch folder, such as x86_64-linux-gnu. */
export function findInstalledEjabberd(): EjabberdLibraries | undefined {
  for (const name of namesIn(SYSTEM)) {
    const folder = join(SYSTEM, name);
    const version = name.includes('-linux-') ? versionIn(folder) : undefined;
    if (version) return describe(folder, version, []);
  }
  return undefined;
}

export function findUnpackedEjabberd(folder: string): EjabberdLibraries | undefined {
  const version = versionIn(folder);
  if (!version) return undefined;
  const beams = namesIn(folder).map((name) => join(folder, name, 'ebin'));
  return describe(folder, version, beams.filter(existsSync));
}

/** Of versions such as 23.01 and 24.12, which order like numbers. */
export const isAtLeast = (version: string, least: string): boolean => Number(version) >= Number(least);

export function librariesFor(plan: EnginePlan): EjabberdLibraries {
  const found = plan.unpacked ? findUnpackedEjabberd(plan.unpacked) : findInstalledEjabberd();
  if (!found) throw new Error(`No ejabberd lies in ${plan.unpacked ?? 'the system'}; programs are ensured before an engine is prepared.`);
  return found;
}
