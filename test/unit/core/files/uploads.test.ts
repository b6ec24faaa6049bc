// Files on their way up: the same bytes at every attempt, a slot for each of them, and every way it may fail.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MessageId } from '../../../../src/model/message.ts';
import { BEN, fileKeeper, type FileKeeper } from '../../../kit/file-keeper.ts';

const LARGE = 1_300_001;

const noise = (size: number): Blob => {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return new Blob([bytes]);
};

const urlOf = ({ outbox }: FileKeeper, id: string): string | undefined => outbox.get(id as MessageId)?.fileSource?.url;

async function opened(keeper: FileKeeper, id: string): Promise<Buffer> {
  const { url = '', cipher } = keeper.outbox.get(id as MessageId)?.fileSource ?? {};
  const body = keeper.host.kept.get(url) ?? new Uint8Array();
  if (!cipher) return Buffer.from(body);
  const key = await crypto.subtle.importKey('raw', cipher.key, 'AES-GCM', false, ['decrypt']);
  return Buffer.from(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: cipher.iv }, key, body));
}

const bytesOf = async (body: Blob): Promise<Buffer> => Buffer.from(await body.arrayBuffer());

describe('a file on its way up', () => {
  it('in clear it is what it is, under its name', async () => {
    const keeper = await fileKeeper();
    const body = noise(LARGE);
    await keeper.send('one', body);
    await keeper.until(() => urlOf(keeper, 'one') !== undefined);
    assert.deepEqual(await opened(keeper, 'one'), await bytesOf(body));
    assert.deepEqual(keeper.host.slots, [{ name: 'one.txt', size: LARGE, type: 'text/plain' }]);
    assert.deepEqual(keeper.host.puts[0]?.headers, { authorization: 'Basic x', 'content-type': 'text/plain' });
    assert.equal(keeper.outbox.get('one' as MessageId)?.fileSource?.cipher, undefined);
  });

  it('encrypted it opens with what its message will carry, and its name and type are nobody’s business', async () => {
    const keeper = await fileKeeper({ isSealed: true });
    const body = noise(LARGE);
    await keeper.send('one', body, 'image/jpeg');
    await keeper.until(() => urlOf(keeper, 'one') !== undefined);
    assert.deepEqual(await opened(keeper, 'one'), await bytesOf(body));
    assert.deepEqual(keeper.host.slots, [{ name: 'minted-1', size: LARGE + 16, type: 'application/octet-stream' }]);
  });

  it('the same bytes go out at every attempt, also after a restart, each with a slot of its own', async () => {
    const first = await fileKeeper({ isSealed: true });
    first.host.statuses.push(undefined, 503, 403);
    await first.send('one', noise(LARGE));
    await first.until(() => first.host.puts.length === 2);
    const keeper = await first.restart();
    await keeper.until(() => urlOf(keeper, 'one') !== undefined);
    assert.equal(keeper.host.puts.length, 4);
    assert.equal(new Set(keeper.host.puts.map(({ body }) => Buffer.from(body).toString('base64'))).size, 1);
    assert.equal(new Set(keeper.host.puts.map(({ url }) => url)).size, 4);
  });

  it('how far it is is told, at most four times a second, and it is here afterwards', async () => {
    const keeper = await fileKeeper();
    let letGo = (): void => undefined;
    keeper.host.hold = new Promise((resolve) => (letGo = resolve));
    await keeper.send('one', noise(1000));
    await keeper.until(() => keeper.host.slots.length === 1 && keeper.transfer('one')?.stage === 'running');
    assert.deepEqual(keeper.transfer('one'), { message: 'one', direction: 'up', stage: 'running', done: 0, total: 1000 });
    letGo();
    await keeper.until(() => urlOf(keeper, 'one') !== undefined);
    assert.ok(keeper.told.length <= 2, `${keeper.told.length} told without time passing`);
    keeper.outbox.clear();
    assert.deepEqual(keeper.transfer('one'), { message: 'one', direction: 'up', stage: 'here', done: 1000, total: 1000 });
  });

  it('without a line it waits, and goes when the line is there again', async () => {
    const keeper = await fileKeeper();
    keeper.host.isDown = true;
    await keeper.send('one', noise(1000));
    await keeper.until(() => keeper.transfer('one')?.stage === 'waiting');
    keeper.host.isDown = false;
    keeper.transfers.onOnline('fresh');
    await keeper.until(() => urlOf(keeper, 'one') !== undefined);
    assert.equal(keeper.failureOf('one'), undefined);
  });

  it('a service that never answers is given up, and what was given up can be tried again', async () => {
    const keeper = await fileKeeper();
    keeper.host.statuses.push(500, 500, 500, 500, 500);
    await keeper.send('one', noise(1000));
    await keeper.until(() => keeper.failureOf('one') !== undefined);
    assert.deepEqual(keeper.transfer('one'), {
      message: 'one',
      direction: 'up',
      stage: 'failed',
      done: 0,
      total: 1000,
      failure: { kind: 'no-answer' },
    });
    const { failure: _, ...record } = keeper.outbox.get('one' as MessageId) ?? assert.fail();
    keeper.outbox.set(record.id, { ...record, stage: 'queued' });
    keeper.transfers.upload({ ...record, stage: 'queued' });
    await keeper.until(() => urlOf(keeper, 'one') !== undefined);
  });

  for (const [what, prepare, failure] of [
    ['too large', ({ host }: FileKeeper) => void (host.largest = 500), { kind: 'file-too-large', limit: 500 }],
    ['to nobody', ({ host }: FileKeeper) => void (host.hasService = false), { kind: 'no-uploads' }],
    [
      'refused a slot',
      ({ host }: FileKeeper) => void (host.slotFailure = { kind: 'refused', reason: 'other', said: 'quota' }),
      { kind: 'refused', reason: 'other', said: 'quota' },
    ],
    ['refused by the host', ({ host }: FileKeeper) => void host.statuses.push(400), { kind: 'refused', reason: 'other' }],
    ['too large for the host', ({ host }: FileKeeper) => void host.statuses.push(413), { kind: 'refused', reason: 'too-large' }],
  ] as const)
    it(`${what} it fails at once`, async () => {
      const keeper = await fileKeeper();
      prepare(keeper);
      await keeper.send('one', noise(1000));
      await keeper.until(() => keeper.failureOf('one') !== undefined);
      assert.deepEqual(keeper.failureOf('one'), failure);
    });

  it('taken back on its way, nothing of it is left and no address is written', async () => {
    const keeper = await fileKeeper();
    let letGo = (): void => undefined;
    keeper.host.hold = new Promise((resolve) => (letGo = resolve));
    await keeper.send('one', noise(1000));
    await keeper.until(() => keeper.transfer('one')?.stage === 'running');
    const record = keeper.outbox.get('one' as MessageId) ?? assert.fail();
    keeper.outbox.clear();
    await keeper.transfers.discarded(record);
    letGo();
    await keeper.until(() => keeper.transfers.list(BEN).length === 0);
    assert.deepEqual([await keeper.store.files.heads(), keeper.host.kept.size], [[], 0]);
    assert.deepEqual(await keeper.store.files.countPieces('own one'), 0);
  });

  it('uploaded in clear, it goes up again under a key where its message goes sealed by now', async () => {
    const keeper = await fileKeeper();
    const body = noise(LARGE);
    await keeper.send('one', body);
    await keeper.until(() => urlOf(keeper, 'one') !== undefined);
    keeper.isSealed = true;
    keeper.transfers.upload(keeper.outbox.get('one' as MessageId) ?? assert.fail());
    await keeper.until(() => keeper.outbox.get('one' as MessageId)?.fileSource?.cipher !== undefined && keeper.host.puts.length === 2);
    await keeper.until(() => urlOf(keeper, 'one') !== undefined);
    assert.deepEqual(await opened(keeper, 'one'), await bytesOf(body));
  });

  it('an empty file is one too', async () => {
    const keeper = await fileKeeper({ isSealed: true });
    await keeper.send('one', new Blob([]));
    await keeper.until(() => urlOf(keeper, 'one') !== undefined);
    assert.deepEqual(await opened(keeper, 'one'), Buffer.alloc(0));
  });

  it('what was to be sent and whose message never came to be is gone after a restart', async () => {
    const keeper = await fileKeeper();
    await keeper.transfers.keep(keeper.placeOf('lost'), noise(LARGE));
    assert.equal((await keeper.store.files.heads()).length, 1);
    await keeper.restart();
    assert.deepEqual([await keeper.store.files.heads(), await keeper.store.files.countPieces('own lost')], [[], 0]);
  });

  it('a file that was taken away meanwhile is not sent', async () => {
    const keeper = await fileKeeper();
    const gone = new Blob(['words']);
    gone.slice = () => {
      throw new DOMException('gone', 'NotReadableError');
    };
    assert.deepEqual(await keeper.transfers.keep(keeper.placeOf('one'), gone), { ok: false, failure: { kind: 'file-gone' } });
    assert.deepEqual(await keeper.store.files.heads(), []);
  });
});
