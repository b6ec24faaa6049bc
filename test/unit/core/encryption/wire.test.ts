// Both methods' messages byte by byte, by the numbers of their standards; and a signature that Signal's own library made.
import { deepEqual, equal, notDeepEqual, ok, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSigned } from '../../../../src/core/encryption/exchange/bundle.ts';
import { readLegacyKeys } from '../../../../src/core/encryption/legacy/legacy-bundle.ts';
import { mintPair } from '../../../../src/core/encryption/primitives/curves.ts';
import { agreementOf, identityOf } from '../../../../src/core/encryption/primitives/edwards.ts';
import { mintIdentity } from '../../../../src/core/encryption/primitives/identity.ts';
import type { AgreementPublic, IdentityPublic, Signature } from '../../../../src/core/encryption/primitives/keys.ts';
import type { Dialect } from '../../../../src/core/encryption/wire/dialect.ts';
import { encodeIdentity, LEGACY } from '../../../../src/core/encryption/wire/legacy.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import { fromHex, hex, nodeCurves, primitives } from '../../../kit/encryption/primitives.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const kit = primitives(1);
const { public: ratchet } = await mintPair(kit);
const { public: ephemeral } = await mintPair(kit);
const { public: identity } = await mintIdentity(kit);
const ciphertext = Uint8Array.of(1, 2, 3);
const header = { n: 4, previous: 300, ratchet };
const ids = { preKeyId: 5, signedPreKeyId: 6 };

/** A field of protocol buffers: bytes (wire type 2), or a number below 2^14 (wire type 0). */
const field = (at: number, value: Uint8Array | number): number[] =>
  typeof value === 'number' ? [at * 8, ...varint(value)] : [at * 8 + 2, value.length, ...value];
const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, value >> 7]);
const bytes = (...parts: (Uint8Array | readonly number[])[]): Bytes => Uint8Array.from(parts.flatMap((part) => [...part]));
const curved = (key: Uint8Array): Bytes => bytes([5], key);
const cut = (key: Uint8Array): Bytes => key.slice(1);

interface Written {
  readonly tag: Bytes;
  message(parts?: { ratchet?: Uint8Array; tag?: Uint8Array; ciphertext?: Uint8Array }): Bytes;
  exchange(parts?: { identity?: Uint8Array; ephemeral?: Uint8Array; message?: Uint8Array }): Bytes;
}

/** XEP-0384 0.9: OMEMOMessage, OMEMOAuthenticatedMessage, OMEMOKeyExchange. */
const newerTag = kit.random(16);
const NEWER: Written = {
  tag: newerTag,
  message: (parts = {}) =>
    bytes(
      field(1, parts.tag ?? newerTag),
      field(2, bytes(field(1, 4), field(2, 300), field(3, parts.ratchet ?? ratchet), field(4, parts.ciphertext ?? ciphertext))),
    ),
  exchange: (parts = {}) =>
    bytes(
      ...[field(1, 5), field(2, 6), field(3, parts.identity ?? identity), field(4, parts.ephemeral ?? ephemeral)],
      field(5, parts.message ?? NEWER.message()),
    ),
};

/** Signal's third version: SignalMessage with eight bytes of its tag behind it, PreKeySignalMessage. */
const olderTag = kit.random(8);
const OLDER: Written = {
  tag: olderTag,
  message: (parts = {}) =>
    bytes(
      ...[[0x33], field(1, parts.ratchet ?? curved(ratchet)), field(2, 4), field(3, 300)],
      ...[field(4, parts.ciphertext ?? ciphertext), parts.tag ?? olderTag],
    ),
  exchange: (parts = {}) =>
    bytes(
      ...[[0x33], field(1, 5), field(2, parts.ephemeral ?? curved(ephemeral))],
      ...[field(3, parts.identity ?? curved(agreementOf(identity)!)), field(4, parts.message ?? OLDER.message()), field(6, 6)],
    ),
};

for (const [name, dialect, written] of [
  ['OMEMO 2', OMEMO_2, NEWER],
  ['legacy OMEMO', LEGACY, OLDER],
] as readonly [string, Dialect, Written][])
  describe(`on the wire of ${name}`, () => {
    it('a message is written as its standard has it, and read again', () => {
      const tagged = dialect.writeTagged(header, ciphertext);
      equal(hex(dialect.writeMessage(tagged, written.tag)), hex(written.message()));
      deepEqual(dialect.readMessage(written.message()), { header, ciphertext, tagged, tag: written.tag });
    });

    it('a key exchange is written as its standard has it, and read again', () => {
      equal(hex(dialect.writeExchange({ ...ids, identity, ephemeral }, written.message())), hex(written.exchange()));
      const read = dialect.readExchange(written.exchange());
      deepEqual(read?.exchange, { ...ids, identity, ephemeral });
      deepEqual(read.message.header, header);
    });

    it('what has a key that is none, or is not whole, is no message', () => {
      const short = cut(dialect === LEGACY ? curved(ratchet) : ratchet);
      equal(dialect.readMessage(written.message({ ratchet: short })), undefined);
      equal(dialect.readMessage(Uint8Array.of()), undefined);
      equal(dialect.readMessage(written.message().subarray(1)), undefined);
    });

    it('a key exchange with any part that is none is none', () => {
      const short = cut(ratchet);
      for (const broken of [{ identity: short }, { ephemeral: short }, { message: short }])
        equal(dialect.readExchange(written.exchange(broken)), undefined);
      equal(dialect.readExchange(Uint8Array.of()), undefined);
      equal(dialect.readExchange(written.exchange().subarray(0, -3)), undefined);
    });
  });

describe('what only one of them has', () => {
  it('a tag of sixteen bytes, and no message without words or tag', () => {
    equal(OMEMO_2.readMessage(NEWER.message({ tag: newerTag.slice(1) })), undefined);
    equal(OMEMO_2.readMessage(NEWER.message({ tag: bytes(newerTag, [0]) })), undefined);
    const empty = bytes(field(1, newerTag), field(2, bytes(field(1, 4), field(2, 300), field(3, ratchet))));
    equal(OMEMO_2.readMessage(empty), undefined);
  });

  it('the third version before each message, and the kind of its curve before each key', () => {
    const other = (of: Bytes): Bytes => bytes([0x34], of.subarray(1));
    equal(LEGACY.readMessage(other(OLDER.message())), undefined);
    equal(LEGACY.readExchange(other(OLDER.exchange())), undefined);
    equal(LEGACY.readMessage(OLDER.message({ ratchet: bytes([6], ratchet) })), undefined);
    equal(LEGACY.readExchange(OLDER.exchange({ identity: bytes([6], agreementOf(identity)!) })), undefined);
  });

  it('a tag over who began, or over who writes', async () => {
    const { public: other } = await mintIdentity(kit);
    const [mine, theirs] = [OMEMO_2.associated(identity, other, true), OMEMO_2.associated(other, identity, false)];
    deepEqual([mine, theirs], [bytes(identity, other), bytes(identity, other)], 'the same for both');
    const older = bytes(curved(agreementOf(identity)!), curved(agreementOf(other)!));
    for (const isInitiator of [true, false]) deepEqual(LEGACY.associated(identity, other, isInitiator), older);
  });

  it('an identity that is no point is a defect to write', () => {
    throws(() => encodeIdentity(bytes([1], new Uint8Array(31)) as IdentityPublic), /identity/u);
  });
});

describe('signatures of Signal’s own kind', () => {
  // Of the tests of libsignal's curve25519: Alice's identity signs the key of a prekey.
  const alice = fromHex('ab7e717d4a163b7d9a1d8071dfe9dcf8cdcd1cea3339b6356be84d887e322c64') as AgreementPublic;
  const signedKey = fromHex('edce9d9c415ca78cb7252e72c2c4a554d3eb29485a0e1d503118d1a82d99fb4a');
  const signature = fromHex(
    '5de88ca9a89b4a115da79109c67c9c7464a3e4180274f1cb8c63c2984e286dfbede82deb9dcd9fae0bfbb821569b3d9001bd8130cd11d486cef047bd60b86e88',
  ) as Signature;
  const published = { identity: curved(alice), signed: { id: 1, key: curved(signedKey), signature }, preKeys: [] };

  it('are right for the key whose sign they carry, and for no other', async () => {
    equal(signature[63]! >> 7, 1, 'it does carry one');
    const bundle = readLegacyKeys(published);
    ok(bundle);
    equal(await isSigned(nodeCurves, LEGACY, bundle), true);
    const turned = signature.with(63, signature[63]! ^ 0x80) as Signature;
    equal(await isSigned(nodeCurves, LEGACY, { ...bundle, signed: { ...bundle.signed, signature: turned } }), false);
    equal(await isSigned(nodeCurves, OMEMO_2, bundle), false, 'the newer method has no such signatures');
  });

  it('leave what they were given as it was: the device is the same whichever sign they need', () => {
    const given = identityOf(alice)!;
    const [key, kept] = [given.slice(), signature.slice()];
    const signer = LEGACY.signer(given, signature);
    deepEqual([given, signature], [key, kept]);
    notDeepEqual(signer.key, given);
    const negative = identityOf(alice, true)!;
    const plain = signature.with(63, signature[63]! & 0x7f) as Signature;
    deepEqual(LEGACY.signer(negative, plain).key, given);
    deepEqual(LEGACY.signer(given, signature), { key: negative, signature: plain });
  });
});
