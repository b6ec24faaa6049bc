// Our OMEMO beside somebody else's, which was written from the same standard by other people: each must read what the other wrote.
import { deepEqual, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ensurePrograms } from '../../src/engine/programs.ts';
import { mintOwnKeys, type OwnKeys } from '../../src/core/encryption/exchange/own-keys.ts';
import { openLegacyPayload, sealLegacyPayload } from '../../src/core/encryption/legacy/legacy-payload.ts';
import { openPayload, sealPayload } from '../../src/core/encryption/payload.ts';
import type { DialectName } from '../../src/core/encryption/wire/dialect.ts';
import { LEGACY } from '../../src/core/encryption/wire/legacy.ts';
import { OMEMO_2 } from '../../src/core/encryption/wire/omemo-2.ts';
import { Oracle, OracleParty } from '../kit/encryption/oracle.ts';
import { OwnParty } from '../kit/encryption/party.ts';
import { primitives, primitivesBy } from '../kit/encryption/primitives.ts';
import { playSchedule } from '../kit/encryption/schedule.ts';
import { chance } from '../kit/random.ts';

const SEED = Number(process.env['WARBLER_SEED'] ?? 20261121);
const SCHEDULES = process.env['WARBLER_NIGHTLY'] ? 5000 : 500;

/** What goes through the ratchet, in bytes. */
const KEY_AND_TAG = { 'omemo-2': 48, legacy: 32 };

let oracle: Oracle;
let own: Readonly<Record<DialectName, OwnKeys>>;
before(async () => {
  const ensured = await ensurePrograms(['omemo']);
  ok(ensured.ok, ensured.ok ? '' : ensured.said);
  oracle = new Oracle();
  const legacy = await mintOwnKeys(primitives(SEED), 0, undefined, LEGACY);
  own = { 'omemo-2': await mintOwnKeys(primitives(SEED), 0), legacy };
});
after(() => oracle.close());

for (const dialect of [OMEMO_2, LEGACY]) {
  describe(`${dialect.name} with another implementation`, () => {
    for (const weBegin of [true, false]) {
      it(`${SCHEDULES} conversations over a bad line, which ${weBegin ? 'we begin' : 'they begin'}`, async () => {
        const theirs = await OracleParty.make(oracle, dialect.name);
        let opened = 0;
        for (let seed = SEED; seed < SEED + SCHEDULES; seed++) {
          const source = chance(seed);
          await theirs.forget();
          const ours = await OwnParty.make(primitivesBy(source), dialect, own[dialect.name]);
          const pair = weBegin ? ([ours, theirs] as const) : ([theirs, ours] as const);
          const told = await playSchedule(source, pair, { steps: 16, lost: 20, repeated: 10, plaintextLength: KEY_AND_TAG[dialect.name] });
          opened += told.opened;
        }
        ok(opened > SCHEDULES, `only ${opened} were read`);
      });
    }

    it('both begin, and read each other all the same', async () => {
      const theirs = await OracleParty.make(oracle, dialect.name);
      const ours = await OwnParty.make(primitives(SEED), dialect, own[dialect.name]);
      const words = new Uint8Array(KEY_AND_TAG[dialect.name]);
      await ours.begin(await theirs.bundle());
      await theirs.begin(await ours.bundle());
      const [from, to] = [await ours.seal(words), await theirs.seal(words)];
      deepEqual(await theirs.open(from), { plaintext: words });
      deepEqual(await ours.open(to), { plaintext: words });
      for (let turn = 0; turn < 4; turn++) {
        deepEqual(await theirs.open(await ours.seal(words)), { plaintext: words });
        deepEqual(await ours.open(await theirs.seal(words)), { plaintext: words });
      }
    });

    it('payloads open on both sides', async () => {
      const theirs = await OracleParty.make(oracle, dialect.name);
      for (let length = 1; length < 70; length++) {
        const kit = { ...primitives(SEED + length), subtle: crypto.subtle };
        const plaintext = kit.random(length);
        const [seal, open] = dialect === LEGACY ? [sealLegacyPayload, openLegacyPayload] : [sealPayload, openPayload];
        deepEqual(await theirs.openPayload(await seal(kit, plaintext)), plaintext);
        deepEqual(await open(kit, await theirs.sealPayload(plaintext)), plaintext);
      }
    });
  });
}
