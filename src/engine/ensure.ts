// `node src/engine/ensure.ts prosody ejabberd browsers`: installs what is missing, or says what to install.
import { PROGRAM_NAMES, ensurePrograms } from './programs.ts';
import type { ProgramName } from './programs.ts';

type Wanted = ProgramName | 'browsers';

const NAMES: readonly Wanted[] = [...PROGRAM_NAMES, 'browsers'];

const words: readonly string[] = process.argv.slice(2);
const wanted: readonly Wanted[] | undefined = words.every((word) => NAMES.some((name) => name === word))
  ? NAMES.filter((name) => words.includes(name))
  : undefined;
if (!wanted || wanted.length === 0) {
  console.error(`Say what is needed: ${NAMES.join(', ')}.`);
  process.exit(2);
}
const ensured = await ensurePrograms(wanted);
if (!ensured.ok) {
  console.error(ensured.said);
  process.exit(1);
}
