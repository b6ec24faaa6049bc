// Conversations over bad lines, by the hundred: whatever arrives is read exactly once.
import { ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LEGACY } from '../../../../src/core/encryption/wire/legacy.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import { mintOwnKeys } from '../../../../src/core/encryption/exchange/own-keys.ts';
import { OwnParty } from '../../../kit/encryption/party.ts';
import { primitives, primitivesBy } from '../../../kit/encryption/primitives.ts';
import { playSchedule } from '../../../kit/encryption/schedule.ts';
import { chance } from '../../../kit/random.ts';
import { sizeOf } from '../../../contract/kit/sizes.ts';

const SEED = Number(process.env['WARBLER_SEED'] ?? 20261121);
const SCHEDULES = sizeOf('WARBLER_SCHEDULES', 10_000, 250);

for (const dialect of [OMEMO_2, LEGACY]) {
  describe(`${dialect.name} over a bad line`, () => {
    const minted = Promise.all([SEED, SEED + 1].map((seed) => mintOwnKeys(primitives(seed), 0, undefined, dialect)));

    for (const bothBegin of [false, true]) {
      it(`reads once what arrives, ${bothBegin ? 'though both begin' : 'whoever writes'}`, async () => {
        const [one, other] = await minted;
        let opened = 0;
        for (let seed = SEED; seed < SEED + SCHEDULES; seed++) {
          const source = chance(seed);
          const kit = primitivesBy(source);
          const pair = [await OwnParty.make(kit, dialect, one), await OwnParty.make(kit, dialect, other)] as const;
          const told = await playSchedule(source, pair, { steps: 30, lost: 20, repeated: 20, plaintextLength: 48, bothBegin });
          opened += told.opened;
        }
        ok(opened > SCHEDULES);
      });
    }
  });
}
