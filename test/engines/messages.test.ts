// Two people write to each other through a network that keeps breaking: nothing is lost, nothing is shown twice, nothing out of order.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ENGINE_KINDS, type EngineKind } from '../../src/engine/plan.ts';
import type { Place } from '../kit/engines/talk-places.ts';
import { talkThrough, untilStage, type Writer } from '../kit/engines/two-writers.ts';
import { nextCall } from '../kit/node-world.ts';

/** The size for every change; more by the environment. */
const CUTS = Number(process.env['WARBLER_CUTS'] ?? 300);
/** ejabberd takes longer over each; a thousand are run by hand. */
const EJABBERD_CUTS = Number(process.env['WARBLER_CUTS'] ?? 60);
/** Of what goes encrypted: a thousand before a release. */
const SEALED_CUTS = process.env['WARBLER_SEALED_CUTS'] === undefined ? undefined : Number(process.env['WARBLER_SEALED_CUTS']);
const BETWEEN_CUTS_MS = 150;
const BETWEEN_WILD_CUTS_MS = 80;

for (const engine of ENGINE_KINDS) {
  describe(`messages over ${engine}`, () => {
    const cuts = engine === 'ejabberd' ? EJABBERD_CUTS : CUTS;
    const sealedCuts = SEALED_CUTS ?? cuts / 5;
    test(`${cuts} cuts with two steady senders: none lost, none doubled, none out of order`, async () => {
      const resumed = await converse(engine, { cuts, waitsForStream: true });
      assert.ok(resumed > cuts * 0.9, `streams are resumed, not begun anew: ${resumed} of ${cuts}`);
    });

    test(`${cuts / 5} cuts, also while streams are being resumed`, async () => {
      await converse(engine, { cuts: cuts / 5, waitsForStream: false });
    });

    for (const place of ['encrypted', 'encrypted room'] as const)
      test(`${sealedCuts} cuts, ${place}: no step of a ratchet is lost, none done twice`, { timeout: 600_000 }, async () => {
        await converse(engine, { cuts: sealedCuts, waitsForStream: true, place });
      });
  });
}

interface Cutting {
  cuts: number;
  /** A stream is cut only once it is back. */
  waitsForStream: boolean;
  place?: Place;
}

/** Answers how many streams came back as they were. */
async function converse(engine: EngineKind, { place = 'in clear', ...cutting }: Cutting): Promise<number> {
  const { people, count, keys } = await talkThrough({ engine, place }, (talk) => cutOften(talk.people, cutting));
  const resumed = people.reduce((sum, person) => sum + person.resumed, 0);
  console.log(`  ${cutting.cuts} cuts, ${place}, ${engine}: ${count} messages, ${resumed} streams resumed, ${keys.keys} keys, none twice`);
  return resumed;
}

async function cutOften(people: readonly Writer[], { cuts, waitsForStream }: Omit<Cutting, 'place'>): Promise<void> {
  for (let cut = 0; cut < cuts; cut += waitsForStream ? people.length : 1) {
    await wait((waitsForStream ? BETWEEN_CUTS_MS : BETWEEN_WILD_CUTS_MS) * (0.5 + Math.random()));
    const struck = waitsForStream ? people : [people[cut % people.length] as Writer];
    await Promise.all(struck.map((person) => cutOff(person, waitsForStream)));
  }
}

async function cutOff({ session, proxy }: Writer, waitsForStream: boolean): Promise<void> {
  if (waitsForStream) await untilStage(session, (stage) => stage === 'online');
  proxy.cut();
  await untilStage(session, (stage) => stage !== 'online');
  await session.reconnect(nextCall());
}
