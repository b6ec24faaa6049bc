// Keys and signatures that nobody minted: whatever somebody sends in their place is no signature, in either implementation, and breaks nothing.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import { isSigned, readPublished, type Bundle } from '../../../../src/core/encryption/exchange/bundle.ts';
import { isLabelSigned } from '../../../../src/core/encryption/exchange/label.ts';
import type { Curves, Signing } from '../../../../src/core/encryption/primitives/curves.ts';
import { readIdentityPublic } from '../../../../src/core/encryption/primitives/edwards.ts';
import type { IdentityPublic, IdentitySeed, Signature } from '../../../../src/core/encryption/primitives/keys.ts';
import { plainSigning } from '../../../../src/core/encryption/primitives/plain-curves.ts';
import { webSigning } from '../../../../src/core/encryption/primitives/web-curves.ts';
import { LEGACY } from '../../../../src/core/encryption/wire/legacy.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import { fromHex, hex, primitives } from '../../../kit/encryption/primitives.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const { random } = primitives(77);
const seed = random(32) as IdentitySeed;
const message = random(33);
const ff = (count: number): string => 'ff'.repeat(count);
const zeros = (count: number): string => '00'.repeat(count);

/** Of order one, two, four and eight, and the ways beyond the prime to write some of them. */
const SMALL_ORDER = [
  `01${zeros(31)}`,
  `ec${ff(30)}7f`,
  zeros(32),
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ed${ff(30)}7f`,
  `ee${ff(30)}7f`,
].map(fromHex);
const mirrored = (key: Bytes): Bytes => key.with(31, key[31]! | 0x80);
const POINTS = SMALL_ORDER.flatMap((key) => [key, mirrored(key)]);
const BEYOND_THE_PRIME = Array.from({ length: 0x13 }, (_, at) => fromHex(`${(0xed + at).toString(16)}${ff(30)}7f`));
/** A number that is the second coordinate of no point. */
const OFF_THE_CURVE = [2, 7, 8].map((y) => new Uint8Array(32).with(0, y)).filter((key) => !isPoint(key));
const WRONG_LENGTHS = [0, 1, 31, 33, 64, 1_000].map((length) => random(length));

/** The order of the group: what follows the point in a signature is below it. */
const ORDER = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
const scalars = [zeros(32), `01${zeros(31)}`, hex(ORDER), ff(32)].map(fromHex);
const joined = (point: Bytes, scalar: Bytes): Signature => new Uint8Array([...point, ...scalar]) as Signature;
const SIGNATURES = [...POINTS, ...BEYOND_THE_PRIME.slice(0, 3), random(32)].flatMap((point) =>
  scalars.map((scalar) => joined(point, scalar)),
);

function isPoint(key: Bytes): boolean {
  try {
    ed25519.Point.fromBytes(key);
    return true;
  } catch {
    return false;
  }
}

const IMPLEMENTATIONS: Record<string, Signing> = { WebCrypto: webSigning(crypto.subtle), 'plain code': plainSigning };

for (const [name, signing] of Object.entries(IMPLEMENTATIONS)) {
  const isVerified = (key: Bytes, signature: Bytes, said = message): Promise<boolean> =>
    signing.verify(key as IdentityPublic, said, signature as Signature);

  describe(`a signature, by ${name},`, () => {
    it('is one where a key made it', async () => {
      const [key, signature] = [await signing.identityOf(seed), await signing.sign(seed, message)];
      equal(await isVerified(key, signature), true);
      ok(SIGNATURES.length > 60 && OFF_THE_CURVE.length > 0);
    });

    it('of another length is none, nor is one for a key of another length', async () => {
      const [key, signature] = [await signing.identityOf(seed), await signing.sign(seed, message)];
      for (const wrong of WRONG_LENGTHS) {
        if (wrong.length !== 64) equal(await isVerified(key, wrong), false, `${wrong.length}`);
        equal(await isVerified(wrong, signature), false, `${wrong.length}`);
        equal(await isVerified(wrong, wrong), false, `${wrong.length}`);
      }
    });

    it('of points and numbers that nobody signs with is none', async () => {
      const key = await signing.identityOf(seed);
      for (const signature of SIGNATURES) equal(await isVerified(key, signature), false, hex(signature));
    });

    it('is none for a point of small order, whatever the words', async () => {
      for (const key of POINTS)
        for (const signature of SIGNATURES)
          for (const said of [message, new Uint8Array(), Uint8Array.of(1), Uint8Array.of(2)])
            equal(await isVerified(key, signature, said), false, `${hex(key)} ${hex(signature)}`);
    });

    it('is none for what is no point, or is not written in its one right form', async () => {
      for (const key of [...BEYOND_THE_PRIME, ...BEYOND_THE_PRIME.map(mirrored), ...OFF_THE_CURVE, ...OFF_THE_CURVE.map(mirrored)])
        for (const signature of [...SIGNATURES, await signing.sign(seed, message)])
          equal(await isVerified(key, signature), false, `${hex(key)} ${hex(signature)}`);
    });

    it('with its number raised by the order is none', async () => {
      const [key, signature] = [await signing.identityOf(seed), await signing.sign(seed, message)];
      let carry = 0;
      const raised = ORDER.map((byte, at) => {
        const sum = byte + signature[32 + at]! + carry;
        carry = sum >> 8;
        return sum & 0xff;
      });
      equal(await isVerified(key, joined(signature.slice(0, 32), raised)), false);
    });

    it('of a bundle or a name is no reason to break', async () => {
      for (const dialect of [OMEMO_2, LEGACY])
        for (const identity of [...POINTS, ...OFF_THE_CURVE, ...BEYOND_THE_PRIME] as IdentityPublic[])
          for (const signature of SIGNATURES.slice(0, 12)) {
            const bundle = { identity, signed: { id: 1, key: random(32), signature }, preKeys: [] } as unknown as Bundle;
            equal(await isSigned(signing as Curves, dialect, bundle), false);
            equal(await isLabelSigned(signing as Curves, identity, { label: 'phone', labelSignature: signature }), false);
          }
      const key = await signing.identityOf(seed);
      for (const wrong of WRONG_LENGTHS)
        equal(await isLabelSigned(signing as Curves, key, { label: 'phone', labelSignature: wrong }), false);
    });
  });
}

describe('an identity from outside', () => {
  it('is taken in where it is a key, with either sign', async () => {
    const key = await plainSigning.identityOf(seed);
    deepEqual([readIdentityPublic(key), readIdentityPublic(mirrored(key))], [key, mirrored(key)]);
  });

  it('is none where everybody could sign for it, or where it is written in another form', () => {
    for (const key of [...POINTS, ...BEYOND_THE_PRIME, ...BEYOND_THE_PRIME.map(mirrored)])
      equal(readIdentityPublic(key), undefined, hex(key));
    for (const identity of POINTS) equal(readPublished({ identity, signed: { id: 1, key: random(32), signature: random(64) }, preKeys: [] }), undefined); // oxfmt-ignore
  });
});
