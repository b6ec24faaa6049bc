// AES-GCM in pieces against each browser's own over the whole: it stands on an empty message that is only vouched for, and on counters.
import { GcmStream } from '../../src/core/files/gcm-stream.ts';
import { equal } from '../storage/assert.ts';

const PIECE = 4096;

type Bytes = Uint8Array<ArrayBuffer>;

const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));

async function whole(key: Bytes, iv: Bytes, data: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, imported, data));
}

async function inPieces(key: Bytes, iv: Bytes, data: Bytes): Promise<Bytes> {
  const stream = await GcmStream.begin(crypto.subtle, key, iv);
  const sealed: number[] = [];
  for (let at = 0; at < data.length; at += PIECE) sealed.push(...(await stream.encrypt(data.slice(at, at + PIECE))));
  return new Uint8Array([...sealed, ...stream.tag()]);
}

describe('AES-GCM in pieces', () => {
  for (const ivLength of [12, 16])
    it(`is the browser's own, with a nonce of ${ivLength} bytes`, async () => {
      for (const size of [0, 1, 16, PIECE, PIECE + 1, 3 * PIECE + 33]) {
        const [key, iv, data] = [random(32), random(ivLength), random(size)];
        equal(await inPieces(key, iv, data), await whole(key, iv, data), `${size} bytes`);
      }
    });
});
