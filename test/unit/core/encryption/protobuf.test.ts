// The bytes of OMEMO's messages: what is written is read, what is broken is refused, and nothing throws.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFields, writeFields, type Shape } from '../../../../src/core/encryption/wire/protobuf.ts';
import { LEGACY } from '../../../../src/core/encryption/wire/legacy.ts';
import { OMEMO_2 } from '../../../../src/core/encryption/wire/omemo-2.ts';
import { fromHex, hex, primitives } from '../../../kit/encryption/primitives.ts';
import { fc } from '../../../kit/properties.ts';
import { sizeOf } from '../../../contract/kit/sizes.ts';
import { chance } from '../../../kit/random.ts';
import { OwnParty } from '../../../kit/encryption/party.ts';

const SHAPE = {
  n: { at: 1, kind: 'number' },
  name: { at: 2, kind: 'bytes' },
  more: { at: 3, kind: 'bytes', optional: true },
  far: { at: 200, kind: 'number', optional: true },
} as const satisfies Shape;

const read = (text: string): unknown => readFields(SHAPE, fromHex(text.replaceAll(' ', '')));

describe('fields', () => {
  it('as others write them', () => {
    equal(hex(writeFields(SHAPE, { n: 150, name: Uint8Array.of(7, 8) })), '0896011202 0708'.replace(' ', ''));
    deepEqual(read('08 9601 12 02 0708'), { n: 150, name: Uint8Array.of(7, 8) });
    deepEqual(read('08 00 12 00'), { n: 0, name: new Uint8Array() });
    deepEqual(read('12 00 08 ffffffff0f'), { n: 2 ** 32 - 1, name: new Uint8Array() });
  });

  it('passes over what later versions may add', () => {
    for (const later of ['28 01', '2a 03 010203', '2d 01020304', '29 0102030405060708'])
      deepEqual(read(`08 01 ${later} 12 00`), { n: 1, name: new Uint8Array() });
  });

  const refused: Record<string, string> = {
    'a field twice': '08 01 08 01 12 00',
    'a field missing': '08 01',
    'a number of more bytes than it needs': '08 8100 12 00',
    'a number beyond 32 bits': '08 8080808010 12 00',
    'a number without end': '08 8080808080808001 12 00',
    'bytes that end too early': '08 01 12 05 0102',
    'a length beyond everything': '08 01 12 ffffffff0f',
    'another kind than it should be': '0a 01 01 12 00',
    'a fixed number where one of any length should be': '0d 01000000 12 00',
    'a field without a number': '00 01 08 01 12 00',
    'a group': '0b 0c 08 01 12 00',
    'a cut tag': '08 01 12 00 c0',
    'a cut fixed number': '08 01 12 00 2d 01',
  };
  for (const [what, text] of Object.entries(refused)) it(`refuses ${what}`, () => equal(read(text), undefined));

  it('reads all that it writes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(number, bytes, fc.option(bytes, { nil: undefined }), fc.option(number, { nil: undefined }), (n, name, more, far) => {
        const fields = { n, name, ...(more && { more }), ...(far !== undefined && { far }) };
        deepEqual(readFields(SHAPE, writeFields(SHAPE, fields as never)), fields);
      }),
    );
  });
});

describe('broken messages', () => {
  const turns = sizeOf('WARBLER_TURNS', 500_000, 20_000);

  for (const dialect of [OMEMO_2, LEGACY]) {
    it(`${turns} of ${dialect.name} are refused or read, never more`, async () => {
      const one = await OwnParty.make(primitives(1), dialect);
      const other = await OwnParty.make(primitives(2), dialect);
      await one.begin(await other.bundle());
      const { bytes } = await one.seal(new Uint8Array(48));
      const source = chance(20261121);
      let taken = 0;
      for (let turn = 0; turn < turns; turn++) {
        const broken = breakBytes(bytes, source);
        const exchange = dialect.readExchange(broken);
        const message = dialect.readMessage(broken);
        if (exchange) ok(exchange.exchange.identity.length === 32 && exchange.exchange.ephemeral.length === 32);
        if (message) ok(message.tag.length === dialect.tagLength && message.header.ratchet.length === 32);
        if (exchange || message) taken++;
      }
      ok(taken > 0 && taken < turns);
    });
  }
});

function breakBytes(bytes: Uint8Array, source: { below(end: number): number }): Uint8Array {
  const at = source.below(bytes.length);
  switch (source.below(4)) {
    case 0:
      return bytes.with(at, source.below(256));
    case 1:
      return bytes.slice(0, at);
    case 2:
      return Uint8Array.from([...bytes.subarray(0, at), source.below(256), ...bytes.subarray(at)]);
    default:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(Math.min(bytes.length, at + 1 + source.below(5)))]);
  }
}
