// `node src/engine/ensure.ts prosody ejabberd browsers`: installs what is missing, or says what to install.
import { fileURLToPath } from 'node:url';
import { BROWSERS, PROGRAM_NAMES, ensurePrograms } from './programs.ts';
import type { ProgramName } from './programs.ts';

const logFile: string = fileURLToPath(new URL('../../.run/install.log', import.meta.url));

function wantedBy(words: readonly string[]): ProgramName[] | undefined {
  const names = words.flatMap((word) => (word === 'browsers' ? BROWSERS : PROGRAM_NAMES.filter((name) => name === word)));
  const known = words.every((word) => word === 'browsers' || PROGRAM_NAMES.some((name) => name === word));
  return known && names.length > 0 ? names : undefined;
}

const wanted: ProgramName[] | undefined = wantedBy(process.argv.slice(2));
if (!wanted) {
  console.error(`Say what is needed: ${[...PROGRAM_NAMES, 'browsers'].join(', ')}.`);
  process.exit(2);
}
const ensured = await ensurePrograms(wanted, { logFile, say: (line) => console.log(line) });
if (!ensured.ok) {
  console.error(ensured.said);
  process.exit(1);
}
