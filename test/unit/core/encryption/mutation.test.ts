// S28 of the security table: small changes to encryption's source that its tests notice. At night; a slice at a time by WARBLER_FIRST,
// WARBLER_MUTANTS and WARBLER_MINUTES, always of the same shuffled order.
import { ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findMutants, type Mutant } from '../../../kit/mutation/find-mutants.ts';
import { playMutants, type Played } from '../../../kit/mutation/play-mutants.ts';
import { chance } from '../../../kit/random.ts';
import { ROOT } from '../../../structure/source-files.ts';

const SEED = Number(process.env['WARBLER_SEED'] ?? 20261121);
const FIRST = Number(process.env['WARBLER_FIRST'] ?? 0);
const COUNT = Number(process.env['WARBLER_MUTANTS'] ?? 250);
const MINUTES = Number(process.env['WARBLER_MINUTES'] ?? 60);
const LEAST_SCORE = 0.85;

const FOLDER = join(ROOT, 'src/core/encryption');
/** Quick ones first: most mutants get no further. */
const TESTS = [
  'transcripts',
  'primitives',
  'messages',
  'protobuf',
  'trust',
  'envelopes',
  'twins',
  'no-key-twice',
  'sessions',
  'two-parties',
  'deciding',
  'own-device',
  'evil-messages',
  'schedules',
].map((name) => join(import.meta.dirname, `${name}.test.ts`));

describe('mutants of encryption', { skip: process.env['WARBLER_NIGHTLY'] === undefined }, () => {
  it(`${COUNT} of them, and at least ${LEAST_SCORE * 100} in a hundred are noticed`, async (context) => {
    const played = await playMutants(shuffled(allMutants()).slice(FIRST, FIRST + COUNT), TESTS, MINUTES * 60_000);
    const survivors = played.filter(({ noticedBy }) => noticedBy === undefined);
    for (const one of survivors) context.diagnostic(`survived: ${place(one)}`);
    const score = 1 - survivors.length / played.length;
    context.diagnostic(`${played.length - survivors.length} of ${played.length} were noticed: ${(score * 100).toFixed(1)} %`);
    ok(score >= LEAST_SCORE, `${(score * 100).toFixed(1)} %`);
  });
});

function allMutants(): Mutant[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.toSorted().flatMap((file) => findMutants(join(FOLDER, file), readFileSync(join(FOLDER, file), 'utf8')));
}

function shuffled<T>(all: readonly T[]): T[] {
  const luck = chance(SEED);
  const rest = [...all];
  return all.map(() => rest.splice(luck.below(rest.length), 1)[0]!);
}

function place({ mutant: { file, start, what } }: Played): string {
  const before = readFileSync(file, 'utf8').slice(0, start).split('\n');
  return `${file.slice(FOLDER.length + 1)}:${before.length}:${(before.at(-1)?.length ?? 0) + 1} ${what}`;
}
