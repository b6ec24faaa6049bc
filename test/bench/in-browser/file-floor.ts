// In the page: the least that a file costs on its way up and down. The same primitives over the same bytes, the same request, nothing on the disk.
import { sha256 } from '@noble/hashes/sha2.js';
import { browserHttp } from '../../../src/core/browser-http.ts';
import { PIECE_LENGTH } from '../../../src/core/files/cabinet.ts';
import { GcmStream, TAG_LENGTH } from '../../../src/core/files/gcm-stream.ts';
import { control } from './control.ts';

export type FloorOrder =
  | { do: 'make'; bytes: number }
  | { do: 'up'; put: string; headers: Record<string, string> }
  | { do: 'down'; get: string };

declare const makeFile: (bytes: number) => Promise<Blob>;

const [key, iv] = [new Uint8Array(32).fill(7), new Uint8Array(12).fill(9)];
const { signal } = new AbortController();
let file = new Blob();

async function up({ put, headers }: Extract<FloorOrder, { do: 'up' }>): Promise<void> {
  const digest = sha256.create();
  const stream = await GcmStream.begin(crypto.subtle, key, iv);
  const parts: Blob[] = [];
  for (let at = 0; at < file.size; at += PIECE_LENGTH) {
    const piece = new Uint8Array(await file.slice(at, at + PIECE_LENGTH).arrayBuffer());
    digest.update(piece);
    parts.push(new Blob([await stream.encrypt(piece)]));
  }
  digest.digest();
  const body = new Blob([...parts, stream.tag()]);
  const type = { 'content-type': 'application/octet-stream' };
  const status = await browserHttp.put({ url: put, headers: { ...headers, ...type }, body, signal, sent: () => undefined });
  if (status !== 201 && status !== 200) throw new Error(`refused with ${status}`);
}

async function down({ get }: Extract<FloorOrder, { do: 'down' }>): Promise<void> {
  const answer = await browserHttp.get(get, 0, signal);
  if (answer?.status !== 200) throw new Error(`not given: ${answer?.status}`);
  const digest = sha256.create();
  const stream = await GcmStream.begin(crypto.subtle, key, iv);
  const held = new Uint8Array(PIECE_LENGTH);
  let length = 0;
  const open = async (sealed: Uint8Array<ArrayBuffer>): Promise<void> => void digest.update(await stream.decrypt(sealed));
  for await (let bytes of answer.body) {
    while (bytes.length > 0) {
      const part = bytes.subarray(0, PIECE_LENGTH - length);
      held.set(part, length);
      length += part.length;
      bytes = bytes.subarray(part.length);
      if (length < PIECE_LENGTH) continue;
      await open(held);
      length = 0;
    }
  }
  await open(held.slice(0, Math.max(0, length - TAG_LENGTH)));
  digest.digest();
  stream.tag();
}

for (;;) {
  const order = (await control.ask('floor')) as FloorOrder;
  const began = performance.now();
  try {
    if (order.do === 'make') file = await makeFile(order.bytes);
    else await (order.do === 'up' ? up(order) : down(order));
    await control.tell('floor:done', { ms: performance.now() - began });
  } catch (error) {
    await control.tell('floor:done', { defect: String(error) });
  }
}
