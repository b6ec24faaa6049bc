// The strict parser against saxes, on mutated stanzas: it may refuse more, for reasons that are listed, but never take more or read otherwise.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseFrame } from '../../../src/xmpp/xml.ts';
import { GENUINE_STANZAS, mutate } from '../../kit/mutated-stanzas.ts';
import { chance } from '../../kit/random.ts';
import { asPlain, askSaxes } from './saxes-oracle.ts';

const seed = Number(process.env['WARBLER_SEED'] ?? 20261121);
const count = process.env['WARBLER_NIGHTLY'] ? 1_000_000 : 50_000;

describe('the strict parser beside saxes', () => {
  it('reads genuine stanzas alike', () => {
    for (const text of GENUINE_STANZAS) {
      const frame = parseFrame(text);
      ok(frame.ok, text);
      deepEqual(asPlain(frame.element), askSaxes(text).tree, text);
    }
  });

  it(`never takes what saxes refuses, nor reads it otherwise, in ${count} mutated stanzas`, () => {
    const by = chance(seed);
    const seen = { both: 0, neither: 0, refusedOnPurpose: 0 };
    for (let turn = 0; turn < count; turn++) {
      const text = mutate(GENUINE_STANZAS, by);
      const frame = parseFrame(text);
      const { tree, met } = askSaxes(text);
      const told = `seed ${seed}, turn ${turn}: ${JSON.stringify(text)}`;
      if (frame.ok) {
        ok(tree, `taken, though saxes refuses; ${told}`);
        equal(met.size, 0, `taken with ${[...met].join()}; ${told}`);
        equal(JSON.stringify(asPlain(frame.element)), JSON.stringify(tree), told);
        seen.both++;
      } else if (tree) {
        ok(met.size > 0, `refused (${frame.error}), though saxes finds nothing to say; ${told}`);
        seen.refusedOnPurpose++;
      } else {
        seen.neither++;
      }
    }
    // A fuzzer that breaks everything, or nothing, shows nothing.
    ok(seen.both > count / 20 && seen.neither > count / 4 && seen.refusedOnPurpose > count / 1000, JSON.stringify(seen));
  });
});
