// S12 of the security table: some bits of a message turned, by the million at night. None is read, each is refused, and what they would have
// changed is as it was: between them the true messages are read, in every state a session comes to.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { mintOwnKeys } from '../../../../src/core/encryption/exchange/own-keys.ts';
import type { Sealed } from '../../../../src/core/encryption/session.ts';
import type { Dialect } from '../../../../src/core/encryption/wire/dialect.ts';
import { LEGACY } from '../../../../src/core/encryption/wire/legacy.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import { seed, sizeOf } from '../../../contract/kit/sizes.ts';
import { OwnParty } from '../../../kit/encryption/party.ts';
import { primitives, primitivesBy } from '../../../kit/encryption/primitives.ts';
import { chance, type Chance } from '../../../kit/random.ts';

/** Half of them in each dialect. */
const FLIPS = sizeOf('WARBLER_FLIPS', 1_000_000, 1_000);
const FLIPS_OF_EACH = 20;
const MESSAGES_OF_A_PAIR = 25;

for (const dialect of [OMEMO_2, LEGACY])
  describe(`turned bits in ${dialect.name}`, () => {
    it(`${FLIPS / 2} are refused, and whatever is true is read`, async () => {
      const luck = chance(seed);
      for (let turned = 0; turned < FLIPS / 2;) turned += await playPair(dialect, luck, FLIPS / 2 - turned);
    });
  });

async function playPair(dialect: Dialect, luck: Chance, most: number): Promise<number> {
  const kit = primitivesBy(luck);
  const [one, other] = await Promise.all([seed, seed + 1].map(async (own) => OwnParty.make(kit, dialect, await minted(dialect, own))));
  ok(one && other);
  await one.begin(await other.bundle());
  let turned = 0;
  for (let count = 0; count < MESSAGES_OF_A_PAIR && turned < most; count++) {
    const isFirsts: boolean = luck.below(2) === 0 || !other.canWrite();
    const from: OwnParty = isFirsts ? one : other;
    const to: OwnParty = isFirsts ? other : one;
    const plaintext = new Uint8Array(dialect === LEGACY ? 32 : 48).fill(count);
    const sealed: Sealed = await from.seal(plaintext);
    for (let flip = 0; flip < FLIPS_OF_EACH; flip++) {
      const changed = withBitsTurned(sealed, luck);
      if (isOnlyNumbered(dialect, sealed, changed)) continue;
      await assertRefused(to, changed);
      turned += 1;
    }
    // Some are lost, and their keys are kept.
    if (luck.below(4) > 0) deepEqual(await to.open(sealed), { plaintext });
  }
  return turned;
}

async function assertRefused(to: OwnParty, changed: Sealed): Promise<void> {
  const { device, own } = to;
  const heard = await to.open(changed);
  ok(typeof heard === 'string', 'it was read');
  equal(to.device, device, 'the session');
  equal(to.own, own, 'the own keys');
}

/** One to three of them, never the same twice. */
function withBitsTurned(sealed: Sealed, luck: Chance): Sealed {
  const bits = new Set(Array.from({ length: 1 + luck.below(3) }, () => luck.below(sealed.bytes.length * 8)));
  const bytes = sealed.bytes.slice();
  for (const bit of bits) bytes[bit >> 3]! ^= 1 << (bit & 7);
  return { ...sealed, bytes };
}

/** The numbers of prekeys are vouched for by nobody: they only say which keys begin a session, and nothing once it has begun. */
function isOnlyNumbered(dialect: Dialect, sealed: Sealed, changed: Sealed): boolean {
  const [was, is] = [sealed, changed].map(({ bytes, withExchange }) => (withExchange ? dialect.readExchange(bytes) : undefined));
  if (!was || !is) return false;
  const { identity, ephemeral } = was.exchange;
  return isDeepStrictEqual(
    { identity, ephemeral, message: was.message },
    { identity: is.exchange.identity, ephemeral: is.exchange.ephemeral, message: is.message },
  );
}

const known = new Map<string, ReturnType<typeof mintOwnKeys>>();

function minted(dialect: Dialect, own: number): ReturnType<typeof mintOwnKeys> {
  const name = `${dialect.name} ${own}`;
  const keys = known.get(name) ?? mintOwnKeys(primitives(own), 0, undefined, dialect);
  known.set(name, keys);
  return keys;
}
