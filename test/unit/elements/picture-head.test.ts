// What the first bytes say of a picture, and that nothing else is taken for one.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pictureHead } from '../../../src/elements/files/picture-head.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((one) => one.charCodeAt(0)) : part)));

const PNG = [0x89, ...bytes('PNG'), 0x0d, 0x0a, 0x1a, 0x0a];
const IHDR = [0, 0, 0, 13, ...bytes('IHDR'), 0, 0, 2, 0x80, 0, 0, 1, 0xe0, 8, 6, 0, 0, 0, 0, 0, 0, 0];
const chunk = (name: string): number[] => [0, 0, 0, 0, ...bytes(name), 0, 0, 0, 0];

const exif = (orientation: number): number[] => [
  ...[0xff, 0xe1, 0, 34, ...bytes('Exif'), 0, 0, ...bytes('MM'), 0, 42, 0, 0, 0, 8],
  ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
];
const FRAME = [0xff, 0xc0, 0, 17, 8, 1, 0xe0, 2, 0x80, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1];

const webp = (kind: string, body: readonly number[]): Uint8Array<ArrayBuffer> =>
  bytes('RIFF', [0, 0, 0, 0], 'WEBP', kind, [0, 0, 0, 0], body, [0, 0, 0, 0]);

describe('the head of a picture', () => {
  it('tells a PNG from one that moves', () => {
    const still = bytes(PNG, IHDR, chunk('IDAT'));
    assert.deepEqual(pictureHead(still), { type: 'image/png', width: 640, height: 480, moves: false });
    assert.equal(pictureHead(bytes(PNG, IHDR, chunk('acTL'), chunk('IDAT')))?.moves, true);
  });

  it('reads a JPEG, and swaps the sides of one that was taken upright', () => {
    assert.deepEqual(pictureHead(bytes([0xff, 0xd8], exif(1), FRAME)), { type: 'image/jpeg', width: 640, height: 480, moves: false });
    assert.deepEqual(pictureHead(bytes([0xff, 0xd8], exif(6), FRAME)), { type: 'image/jpeg', width: 480, height: 640, moves: false });
  });

  it('reads a JPEG whose note is nonsense', () => {
    for (const note of [
      'Exif',
      'Exif\0\0',
      'Exif\0\0MM\0*\xff\xff\xff\xff',
      'Exif\0\0a place, and no list of anything',
      'http://ns.adobe.com/xap/1.0/\0<x/>',
    ]) {
      const head = bytes([0xff, 0xd8, 0xff, 0xe1, 0, note.length + 2], note, FRAME);
      assert.deepEqual(pictureHead(head), { type: 'image/jpeg', width: 640, height: 480, moves: false }, note);
    }
  });

  it('reads the three kinds of WebP', () => {
    const lossy = webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01]);
    const lossless = webp('VP8L', [0x2f, 0x7f, 0xc2, 0x77, 0x00]);
    const wide = webp('VP8X', [0x02, 0, 0, 0, 0x7f, 0x02, 0, 0xdf, 0x01, 0]);
    for (const file of [lossy, lossless, wide]) assert.deepEqual([pictureHead(file)?.width, pictureHead(file)?.height], [640, 480]);
    assert.deepEqual(
      [lossy, lossless, wide].map((file) => pictureHead(file)?.moves),
      [false, false, true],
    );
  });

  it('reads a GIF, which may always move', () => {
    assert.deepEqual(pictureHead(bytes('GIF89a', [0x80, 0x02, 0xe0, 0x01, 0])), {
      type: 'image/gif',
      width: 640,
      height: 480,
      moves: true,
    });
  });

  for (const [what, file] of [
    ['a drawing that can run', bytes('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>')],
    ['a page', bytes('<!doctype html><script>1</script>')],
    ['nothing', bytes()],
    ['a PNG that ends in its head', bytes(PNG, [0, 0, 0, 13])],
    ['a PNG without a size', bytes(PNG, [0, 0, 0, 13], 'IHDR', [0, 0, 0, 0, 0, 0, 0, 0], chunk('IDAT'))],
    ['a JPEG without a frame', bytes([0xff, 0xd8], exif(1))],
    ['a JPEG whose note points beyond its end', bytes([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff], 'Exif', [0, 0])],
    ['a WebP of an unknown kind', webp('XXXX', [0, 0, 0, 0])],
  ] as const)
    it(`is not taken for a picture: ${what}`, () => assert.equal(pictureHead(file), undefined));

  it('comes to an end whatever is cut off', () => {
    const whole = bytes([0xff, 0xd8], exif(6), FRAME);
    for (let length = 0; length < whole.length; length++) pictureHead(whole.slice(0, length));
    for (let at = 0; at < whole.length; at++) pictureHead(whole.with(at, 0xff));
  });
});
