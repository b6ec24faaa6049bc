// S28 of the security table: small changes to encryption's source that its tests notice. At night; a slice at a time by WARBLER_FIRST,
// WARBLER_MUTANTS and WARBLER_MINUTES, always of the same shuffled order, or those of one file or folder by WARBLER_MUTANTS_OF.
// WARBLER_MUTANTS_LOG is a file to follow it by.
import { deepEqual, ok } from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findMutants, type Mutant } from '../../../kit/mutation/find-mutants.ts';
import { playMutants, type Played } from '../../../kit/mutation/play-mutants.ts';
import { chance } from '../../../kit/random.ts';
import { ROOT } from '../../../structure/source-files.ts';
import { EQUIVALENT, type Equivalent } from './equivalent-mutants.ts';

const SEED = Number(process.env['WARBLER_SEED'] ?? 20261121);
const FIRST = Number(process.env['WARBLER_FIRST'] ?? 0);
const COUNT = Number(process.env['WARBLER_MUTANTS'] ?? 400);
const MINUTES = Number(process.env['WARBLER_MINUTES'] ?? 60);
const OF = process.env['WARBLER_MUTANTS_OF'] ?? '';
const LOG = process.env['WARBLER_MUTANTS_LOG'];
const LEAST_SCORE = 0.85;

const FOLDER = join(ROOT, 'src/core/encryption');
const TESTS = [
  ...['known-people', 'asked-keys', 'tended-device', 'owed-answers', 'legacy-half', 'twin-watch', 'wire', 'methods'],
  ...['transcripts', 'primitives', 'messages', 'protobuf', 'trust', 'carried-trust', 'envelopes', 'twins', 'no-key-twice', 'sessions'],
  ...['whole-account', 'own-keys', 'arrivals', 'skipped-keys'],
  ...['two-parties', 'deciding', 'own-device', 'legacy', 'small-slips', 'evil-messages', 'evil-engine', 'schedules'],
  ...[
    'telling/telling',
    'telling/told',
    'telling/evil-letters',
    'telling/slips-of-telling',
    'telling/sending',
    'slips-of-trust',
    'slips-of-shown-keys',
    'slips-of-decisions',
  ],
  ...['fresh-stream', 'sealed-messages', 'sealed-rooms', 'legacy-messages'].map((name) => `../sync/sealed/${name}`),
].map((name) => join(import.meta.dirname, `${name}.test.ts`));

describe('mutants of encryption', () => {
  it('those that change nothing are known by lines that are there', () => {
    const all = allMutants();
    deepEqual(EQUIVALENT.filter((one) => !all.some((mutant) => isMeant(mutant, one))), []); // oxfmt-ignore
  });

  it(
    `${COUNT} of them, and at least ${LEAST_SCORE * 100} in a hundred are noticed`,
    { skip: process.env['WARBLER_NIGHTLY'] === undefined },
    async (context) => {
      const sample = shuffled(allMutants().filter(({ file }) => nameOf(file).startsWith(OF))).slice(FIRST, FIRST + COUNT);
      const counting = sample.filter((mutant) => !EQUIVALENT.some((one) => isMeant(mutant, one)));
      const onPlayed = (one: Played): void => {
        if (LOG) appendFileSync(LOG, `${JSON.stringify({ place: place(one), ...shortOf(one) })}\n`);
      };
      const played = await playMutants(counting, { tests: TESTS, folder: FOLDER, forMs: MINUTES * 60_000, onPlayed });
      const survivors = played.filter(({ noticedBy }) => noticedBy === undefined);
      for (const one of survivors) context.diagnostic(`survived ${one.reachedBy} tests: ${place(one)}`);
      const score = 1 - survivors.length / played.length;
      const [least, most] = interval(score, played.length);
      context.diagnostic(
        `${played.length - survivors.length} of ${played.length} were noticed, ${sample.length - counting.length} are none`,
      );
      context.diagnostic(`${percent(score)}, of all between ${percent(least)} and ${percent(most)} with a confidence of 95 %`);
      ok(score >= LEAST_SCORE, percent(score));
    },
  );
});

function allMutants(): Mutant[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.toSorted().flatMap((file) => findMutants(join(FOLDER, file), readFileSync(join(FOLDER, file), 'utf8')));
}

const nameOf = (file: string): string => file.slice(FOLDER.length + 1);

function shuffled<T>(all: readonly T[]): T[] {
  const luck = chance(SEED);
  const rest = [...all];
  return all.map(() => rest.splice(luck.below(rest.length), 1)[0]!);
}

/** Wilson's, which is right near the ends as well. */
function interval(score: number, count: number): [least: number, most: number] {
  const z = 1.96;
  const middle = (score + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half = (z / (1 + z ** 2 / count)) * Math.sqrt((score * (1 - score)) / count + z ** 2 / (4 * count ** 2));
  return [middle - half, middle + half];
}

const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
const shortOf = ({ noticedBy, reachedBy }: Played): object => ({ noticedBy: noticedBy ?? null, reachedBy });

function isMeant({ file, start, what }: Mutant, one: Equivalent): boolean {
  if (what !== one.what || file !== join(FOLDER, one.file)) return false;
  const source = readFileSync(file, 'utf8');
  const from = source.lastIndexOf('\n', start - 1) + 1;
  return source.slice(from, source.indexOf('\n', start)).includes(one.line);
}

function place({ mutant: { file, start, what } }: Played): string {
  const before = readFileSync(file, 'utf8').slice(0, start).split('\n');
  return `${nameOf(file)}:${before.length}:${(before.at(-1)?.length ?? 0) + 1} ${what}`;
}
