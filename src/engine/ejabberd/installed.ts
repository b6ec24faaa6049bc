// Finds ejabberd's libraries, installed or unpacked, and which version they are.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EnginePlan } from '../plan.ts';

export interface EjabberdLibraries {
  /** For ERL_LIBS: the folder that holds `ejabberd-24.12`. */
  folder: string;
  version: string;
  /** Each `ebin` to be put before the installed ones. Empty for an installed ejabberd. */
  beams: readonly string[];
  /** The package that keeps tenants apart is there. */
  isolation: boolean;
}

/** As the packages name their folder: `ejabberd-23.01`, `ejabberd-24.12-3~bpo12+1`. Modules may lie in a second one beside it. */
const VERSIONED = /^ejabberd-(\d+\.\d+)/;
const ERLANG_LIBRARIES = join('erlang', 'lib');

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
const beamsBelow = (folder: string): string[] =>
  namesIn(folder)
    .map((name) => join(folder, name, 'ebin'))
    .filter((beams) => existsSync(beams));

/** Packages put it below the machine's multiarch folder, such as x86_64-linux-gnu. */
function findBelow(libraries: string): Omit<EjabberdLibraries, 'beams'> | undefined {
  for (const machine of namesIn(libraries).filter((name) => name.includes('-linux-'))) {
    const folder = join(libraries, machine);
    const candidates = namesIn(folder).filter((name) => VERSIONED.test(name));
    const holds = (beam: string): string | undefined => candidates.find((name) => existsSync(join(folder, name, 'ebin', beam)));
    const version = VERSIONED.exec(holds('ejabberd_app.beam') ?? '')?.[1];
    if (version) return { folder, version, isolation: holds('mod_isolation.beam') !== undefined };
  }
  return undefined;
}

export function findInstalledEjabberd(): EjabberdLibraries | undefined {
  const found = findBelow('/usr/lib');
  return found && { ...found, beams: [] };
}

/** `root` is where packages were unpacked: it has a `usr/lib` of its own, whose libraries go before the installed ones. */
export function findUnpackedEjabberd(root: string): EjabberdLibraries | undefined {
  const libraries = join(root, 'usr', 'lib');
  const found = findBelow(libraries);
  if (!found) return undefined;
  const own = beamsBelow(found.folder).filter((beams) => beams.includes(`${found.folder}/ejabberd-`));
  return { ...found, beams: [...own, ...beamsBelow(join(libraries, ERLANG_LIBRARIES))] };
}

/** Of versions such as 23.01 and 24.12, which order like numbers. */
export const isAtLeast = (version: string, least: string): boolean => Number(version) >= Number(least);

export function librariesFor(plan: EnginePlan): EjabberdLibraries {
  const found = plan.unpacked ? findUnpackedEjabberd(plan.unpacked) : findInstalledEjabberd();
  if (!found) throw new Error(`No ejabberd lies in ${plan.unpacked ?? 'the system'}; programs are ensured before an engine is prepared.`);
  return found;
}
