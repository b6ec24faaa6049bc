// AES-GCM in pieces against the browser's own over the whole.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GcmStream } from '../../../../src/core/files/gcm-stream.ts';
import { multiply, ONE, power } from '../../../../src/core/files/ghash.ts';

const PIECE = 4096;
const SIZES = [0, 1, 15, 16, 17, 4095, 4096, 4097, 3 * 4096, 5 * 4096 + 33];

type Bytes = Uint8Array<ArrayBuffer>;

const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));

async function whole(key: Bytes, iv: Bytes, data: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, imported, data));
}

function cut(data: Bytes): Bytes[] {
  return Array.from({ length: Math.ceil(data.length / PIECE) }, (_, at) => data.slice(at * PIECE, (at + 1) * PIECE));
}

describe('AES-GCM in pieces', () => {
  for (const [keyLength, ivLength] of [
    [32, 12],
    [16, 12],
    [32, 16],
  ] as const) {
    it(`seals as the browser does, with keys of ${keyLength} bytes and a nonce of ${ivLength}`, async () => {
      for (const size of SIZES) {
        const [key, iv, data] = [random(keyLength), random(ivLength), random(size)];
        const stream = await GcmStream.begin(crypto.subtle, key, iv);
        const sealed: Bytes[] = [];
        for (const piece of cut(data)) sealed.push(await stream.encrypt(piece));
        assert.deepEqual(Buffer.concat([...sealed, stream.tag()]), Buffer.from(await whole(key, iv, data)), `${size} bytes`);
      }
    });
  }

  it('opens what the browser sealed, and its tag tells of any bit that was turned', async () => {
    for (const size of SIZES.slice(1)) {
      const [key, iv, data] = [random(32), random(12), random(size)];
      const sealed = await whole(key, iv, data);
      for (const turned of [undefined, 0, size - 1]) {
        const body = sealed.slice(0, size);
        if (turned !== undefined) body[turned] = (body[turned] ?? 0) ^ 1;
        const stream = await GcmStream.begin(crypto.subtle, key, iv);
        const opened: Bytes[] = [];
        for (const piece of cut(body)) opened.push(await stream.decrypt(piece));
        const isTrue = Buffer.from(sealed.slice(size)).equals(stream.tag());
        assert.deepEqual([isTrue, Buffer.concat(opened).equals(data)], [turned === undefined, turned === undefined]);
      }
    }
  });

  it('counts on where a nonce of sixteen bytes ends in the highest count', async () => {
    const key = random(32);
    for (let tries = 0; tries < 40; tries++) {
      const [iv, data] = [random(16), random(PIECE + 5)];
      const stream = await GcmStream.begin(crypto.subtle, key, iv);
      const sealed = [await stream.encrypt(data.slice(0, PIECE)), await stream.encrypt(data.slice(PIECE))];
      assert.deepEqual(Buffer.concat([...sealed, stream.tag()]), Buffer.from(await whole(key, iv, data)));
    }
  });

  it('refuses another piece behind one that ended within a block', async () => {
    const stream = await GcmStream.begin(crypto.subtle, random(32), random(12));
    await stream.encrypt(random(17));
    await assert.rejects(stream.encrypt(random(16)), RangeError);
  });
});

describe('the field of GCM', () => {
  it('multiplies as a field does', () => {
    const some = (): bigint => BigInt(`0x${Buffer.from(random(16)).toString('hex')}`);
    for (let tries = 0; tries < 30; tries++) {
      const [a, b, c] = [some(), some(), some()];
      assert.equal(multiply(a, b), multiply(b, a));
      assert.equal(multiply(a, b ^ c), multiply(a, b) ^ multiply(a, c));
      assert.equal(multiply(a, ONE), a);
      assert.equal(power(a, 5), multiply(a, multiply(multiply(a, a), multiply(a, a))));
    }
  });
});
