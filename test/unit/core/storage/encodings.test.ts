// Bytes: numbers, ids, text, plain records and runs of messages come back as they went in.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ByteReader, ByteWriter } from '../../../../src/core/storage/bytes.ts';
import { deflate, inflate } from '../../../../src/core/storage/deflate.ts';
import { decodeMessages, encodeMessages } from '../../../../src/core/storage/message-codec.ts';
import { decodePlain, encodePlain } from '../../../../src/core/storage/plain.ts';
import { fc } from '../../../kit/properties.ts';
import { LIN, storedMessage, storedMessages } from '../../../storage/messages.ts';

const ROWS_OF_BEFORE =
  'AwCACADQ55aC5zMAIGhhbGxAcm9vbXMuY2hhdC5leGFtcGxlL21lbWJlci0wA0xpbnIBXIytpmmYQG+FgpJaoEMi0QAQMTc4MDAwMDA2MTE3ODE5MmFsYXRl' +
  'ciBzb29uIG51bWJlciBhcnJpdmUg5Lya6K6uIHByaWNlIHJpdmVyIHNvb24gPGI+ICYgbW9ybmluZyBsaWdodCBtYXliZSDkvJrorq4gb2ZmaWNlIG9mICYg' +
  'YWdhAIAIAMjdBAEgaGFsbEByb29tcy5jaGF0LmV4YW1wbGUvbWVtYmVyLTIDQWRheAEcwXAb2CBPB4kZr3euPesGABAxNzgwMDAwMTIyNjM4MDI0AACAEAC3' +
  'zQUCIGhhbGxAcm9vbXMuY2hhdC5leGFtcGxlL21lbWJlci0xA01laXMBlfUoCunfTJuGW4p3fkHd+AAQMTc4MDAwMDI0NDg3NDMyNWHosKLosKIgYWdhaW4g' +
  'YXJyaXZlIGFycml2ZSBvZiByZWFkeSBsYXRlciBwcmljZSBtYXliZSBtb3JuaW5nIHRvbW9ycm93IGFuc3dlciB3aW5kb3cgYWdhaW4gdHJhaW4gNFtbMix7' +
  'IndpdGhkcmF3biI6dHJ1ZSwibGF0ZXJGaWVsZCI6eyJuZXN0ZWQiOlsxXX19XV0=';

void describe('bytes', () => {
  void test('every safe integer, id and text comes back', () => {
    const id = fc.oneof(fc.uuid(), fc.maxSafeNat().map(String), fc.string({ unit: 'binary' }), fc.constantFrom('0', '007', '-1', '1e3'));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.maxSafeInteger(), id, fc.string({ unit: 'grapheme' }))), (rows) => {
        const writer = new ByteWriter();
        for (const [number, name, text] of rows) {
          writer.signed(number);
          writer.id(name);
          writer.text(text);
        }
        const reader = new ByteReader(writer.finish());
        assert.deepEqual(
          rows.map(() => [reader.signed(), reader.id(), reader.text()]),
          rows.map(([number, name, text]) => [number === 0 ? 0 : number, name, text]),
        );
      }),
    );
  });

  void test('half a surrogate pair is kept as the replacement character', () => {
    const writer = new ByteWriter();
    writer.text('a\ud800b');
    assert.equal(new ByteReader(writer.finish()).text(), 'a\ufffdb');
  });

  void test('cut bytes are refused, and what is no whole number is a defect', () => {
    const writer = new ByteWriter();
    writer.text('hello');
    const bytes = writer.finish();
    for (let length = 0; length < bytes.length; length++) assert.throws(() => new ByteReader(bytes.subarray(0, length)).text(), RangeError);
    for (const wrong of [1.5, -1, NaN, Infinity, 2 ** 53]) assert.throws(() => writer.unsigned(wrong), RangeError);
  });
});

void describe('plain records', () => {
  void test('any plain data comes back, and nothing in it can pose as something else', () => {
    const value = fc.letrec((tie) => ({
      leaf: fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), fc.uint8Array()),
      tree: fc.oneof(
        tie('leaf'),
        fc.array(tie('tree')),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$bytes', '$number', '$$')), tie('tree')),
      ),
    })).tree;
    fc.assert(fc.property(value, (given) => assert.deepEqual(shape(decodePlain(encodePlain(given))), shape(given))));
  });

  void test('what would not come back as it went in is a defect', () => {
    for (const wrong of [new Map(), new Date(), () => 1, NaN, 1n, Symbol('s')])
      assert.throws(() => encodePlain({ deep: [wrong] }), TypeError);
  });
});

void describe('runs of messages', () => {
  void test('every kind of message comes back without its conversation', () => {
    const given = [
      storedMessage(1),
      storedMessage(2, { text: '', content: 'unreadable', timeCertain: false }),
      storedMessage(3, { archiveId: 'not-a-number', mentionsMe: true, own: true }),
      { ...storedMessage(4, { withdrawn: true }), laterField: { nested: [1] } },
      storedMessage(5, { archiveId: storedMessage(5).id, originId: 'chosen by others' }),
      storedMessage(6, { protection: { how: 'omemo-2', trust: 'first-use' } }),
      storedMessage(7, { text: '', content: 'unreadable', unreadable: 'no-session' }),
      storedMessage(8, { text: '', content: 'keys-changed', keyChange: { what: 'new-device', person: LIN, device: 7 } }),
      storedMessage(9, { protection: { how: 'plain' } }),
    ];
    const expected = given.map(({ conversation: _conversation, ...message }) => message);
    assert.deepEqual(decodeMessages(encodeMessages(given)), expected);
    assert.deepEqual(decodeMessages(encodeMessages([])), []);
  });

  void test('rows that were written before anything was encrypted are read as they were', () => {
    const given = [
      storedMessage(1),
      storedMessage(2, { text: '', content: 'unreadable', timeCertain: false }),
      { ...storedMessage(4, { withdrawn: true }), laterField: { nested: [1] } },
    ];
    const expected = given.map(({ conversation: _conversation, ...message }) => message);
    assert.deepEqual(decodeMessages(Uint8Array.from(atob(ROWS_OF_BEFORE), (char) => char.charCodeAt(0))), expected);
  });

  void test('a hundred messages deflate to less than half and come back', async () => {
    const bytes = encodeMessages(storedMessages(0, 100));
    const small = await deflate(bytes);
    assert.ok(small.length < bytes.length / 2, `${small.length} of ${bytes.length}`);
    assert.deepEqual(await inflate(small), bytes);
    await assert.rejects(inflate(small.slice(0, -9)));
    await assert.rejects(inflate(new Uint8Array([255, 255, 255])));
  });
});

/** -0 and 0, null and ordinary prototypes read the same once stored. */
function shape(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (Array.isArray(value)) return value.map(shape);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, shape(item)]));
}
