// Files on their way down: nothing is handed out that was not found whole and true, and nobody is asked who should not be.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FileSource } from '../../../../src/core/file-ports.ts';
import { bodyOf } from '../../../kit/file-host.ts';
import { settled } from '../../../kit/scripted-connection.ts';
import { nameOf } from '../../../../src/core/files/file-name.ts';
import { BEN, fileKeeper, type FileKeeper } from '../../../kit/file-keeper.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const URL = 'https://files.other.example/a';
const LARGE = 3 * 512 * 1024 + 777;
const PIECE = 512 * 1024;

function noise(size: number): Bytes {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}

const digest = async (data: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', data));

/** As somebody else's program puts it there. */
async function share({ host }: FileKeeper, data: Bytes, url = URL): Promise<Required<FileSource>> {
  const cipher = { key: noise(32), iv: noise(12) };
  const key = await crypto.subtle.importKey('raw', cipher.key, 'AES-GCM', false, ['encrypt']);
  host.kept.set(url, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: cipher.iv }, key, data)));
  return { url, cipher, sha256: await digest(data), size: data.length };
}

async function fetched(keeper: FileKeeper, source: FileSource, isPrivate = true, id = 'm1'): Promise<void> {
  const place = keeper.placeOf(id, 7);
  assert.ok((await keeper.transfers.fetch({ place, source, isPrivate })).ok);
  await keeper.until(() => ['here', 'failed'].includes(keeper.transfer(id)?.stage ?? ''));
}

async function contentOf(keeper: FileKeeper, source: FileSource, id = 'm1'): Promise<Buffer> {
  const body = await keeper.transfers.read(keeper.placeOf(id, 7), source);
  assert.ok(body.ok, JSON.stringify(body));
  assert.equal(body.value.type, 'application/octet-stream');
  return Buffer.from(await body.value.arrayBuffer());
}

/** Without a word of where they differ: of megabytes that takes minutes, and all memory. */
function assertSame(content: Buffer, data: Bytes, what = 'every byte'): void {
  assert.ok(content.equals(data), what);
}

async function assertRefused(keeper: FileKeeper, source: FileSource, kind: string): Promise<void> {
  assert.equal(keeper.transfer('m1')?.failure?.kind, kind);
  assert.deepEqual(await keeper.transfers.read(keeper.placeOf('m1', 7), source), { ok: false, failure: { kind: 'not-fetched' } });
}

/** A host that gives a piece and a little, and the rest when it is told to. */
function holdAfterAPiece({ host }: FileKeeper): () => void {
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const whole = (): Bytes => host.kept.get(URL) ?? noise(0);
  host.answer = () => ({
    status: 200,
    from: 0,
    body: (async function* () {
      yield whole().slice(0, PIECE + 100);
      await held;
      yield whole().slice(PIECE + 100);
    })(),
  });
  return goOn;
}

describe('a file on its way down', () => {
  for (const size of [0, 1, 16, PIECE - 1, PIECE, PIECE + 1, PIECE + 15, PIECE + 16, 2 * PIECE, LARGE])
    it(`${size} bytes come whole`, async () => {
      const keeper = await fileKeeper();
      const data = noise(size);
      const source = await share(keeper, data);
      await fetched(keeper, source);
      assertSame(await contentOf(keeper, source), data);
      assert.deepEqual(keeper.transfer('m1'), { message: 'm1', order: 7, direction: 'down', stage: 'here', done: size, total: size });
    });

  it('by itself comes only from the own service: another address hears nothing before a person asks', async () => {
    const keeper = await fileKeeper();
    const [ours, theirs] = ['https://files.app1.test/far', 'https://elsewhere.example/near'];
    for (const [url, asked] of [
      [theirs, []],
      [ours, [ours]],
    ] as const) {
      const source = await share(keeper, noise(100), url);
      const id = url === ours ? 'm1' : 'm2';
      const wish = { place: keeper.placeOf(id, 7), source, isPrivate: true };
      assert.ok((await keeper.transfers.fetch({ ...wish, byItself: true })).ok);
      if (url === ours) await keeper.until(() => keeper.transfer(id)?.stage === 'here');
      assert.deepEqual([keeper.host.asked.map((one) => one.url), keeper.transfer('m2')], [asked, undefined]);
    }
    await fetched(keeper, await share(keeper, noise(200), theirs), true, 'm2');
    assert.equal(keeper.host.asked.at(-1)?.url, theirs);
  });

  it('without a size, without a hash and without a tag it is taken where the rest vouches for it', async () => {
    const data = noise(LARGE);
    for (const leave of ['size', 'sha256'] as const) {
      const keeper = await fileKeeper();
      const { [leave]: _, ...source } = await share(keeper, data);
      await fetched(keeper, source);
      assertSame(await contentOf(keeper, source), data, leave);
    }
    const keeper = await fileKeeper();
    const source = await share(keeper, data);
    keeper.host.kept.set(URL, (keeper.host.kept.get(URL) ?? noise(0)).slice(0, LARGE));
    await fetched(keeper, source);
    assertSame(await contentOf(keeper, source), data, 'tag');
    const { sha256: _, ...unvouched } = source;
    await fetched(keeper, unvouched, true, 'm2');
    assert.equal(keeper.transfer('m2')?.failure?.kind, 'file-changed');
  });

  for (const [what, change] of [
    ['a bit turned at its beginning', (body: Bytes) => body.with(0, (body[0] ?? 0) ^ 1)],
    ['a bit turned at its end', (body: Bytes) => body.with(LARGE - 1, (body[LARGE - 1] ?? 0) ^ 1)],
    ['another tag', (body: Bytes) => body.with(LARGE + 3, (body[LARGE + 3] ?? 0) ^ 1)],
    ['a byte more', (body: Bytes) => new Uint8Array([...body, 0])],
    ['a byte less', (body: Bytes) => body.slice(0, -1)],
    ['half of it', (body: Bytes) => body.slice(0, LARGE / 2)],
    ['nothing', () => new Uint8Array()],
  ] as const)
    it(`with ${what} it is not handed out, and nothing of it is kept`, async () => {
      const keeper = await fileKeeper();
      const source = await share(keeper, noise(LARGE));
      keeper.host.kept.set(URL, change(keeper.host.kept.get(URL) ?? noise(0)));
      await fetched(keeper, source);
      await assertRefused(keeper, source, 'file-changed');
      assert.deepEqual(await keeper.store.files.heads(), []);
    });

  it('what vouches for another file vouches for none', async () => {
    const keeper = await fileKeeper();
    const source = { ...(await share(keeper, noise(1000))), sha256: await digest(noise(1000)) };
    await fetched(keeper, source);
    await assertRefused(keeper, source, 'file-changed');
  });

  it('a body without an end is stopped where it was announced to end', async () => {
    const keeper = await fileKeeper();
    const source = await share(keeper, noise(LARGE));
    let given = 0;
    const endless = async function* (): AsyncGenerator<Bytes> {
      for (;;) {
        given += 65_536;
        yield noise(65_536);
      }
    };
    keeper.host.answer = () => ({ status: 200, from: 0, body: endless() });
    await fetched(keeper, source);
    await assertRefused(keeper, source, 'file-changed');
    assert.ok(given < LARGE + 3 * 65_536, `${given} bytes were taken`);
  });

  for (const knowsParts of [true, false])
    it(`cut twice it goes on where the last whole piece ended, ${knowsParts ? 'from there' : 'past what is known'}`, async () => {
      const keeper = await fileKeeper();
      const data = noise(LARGE);
      const source = await share(keeper, data);
      keeper.host.knowsParts = knowsParts;
      keeper.host.cuts.push(PIECE + 70_000, knowsParts ? PIECE + 70_000 : 2 * PIECE + 70_000);
      await fetched(keeper, source);
      assertSame(await contentOf(keeper, source), data);
      assert.deepEqual(
        keeper.host.asked.map(({ from }) => from),
        [0, PIECE, 2 * PIECE],
      );
    });

  it('a restart in the middle costs no more than the last piece', async () => {
    const first = await fileKeeper();
    const data = noise(LARGE);
    const source = await share(first, data);
    first.host.cuts.push(2 * PIECE + 70_000);
    assert.ok((await first.transfers.fetch({ place: first.placeOf('m1', 7), source, isPrivate: true })).ok);
    await first.until(() => (first.transfer('m1')?.done ?? 0) >= 2 * PIECE);
    const keeper = await first.restart();
    assert.equal(keeper.transfer('m1'), undefined, 'it is not here');
    await fetched(keeper, source);
    assertSame(await contentOf(keeper, source), data);
    assert.equal(keeper.host.asked.at(-1)?.from, 2 * PIECE);
  });

  it('a host that never answers, or that has it no more, is told apart', async () => {
    const keeper = await fileKeeper();
    const source = await share(keeper, noise(1000));
    keeper.host.answer = () => undefined;
    await fetched(keeper, source);
    await assertRefused(keeper, source, 'service-unreachable');
    keeper.host.answer = () => ({ status: 404, from: 0, body: bodyOf(new Uint8Array()) });
    await keeper.transfers.fetch({ place: keeper.placeOf('m1', 7), source, isPrivate: true });
    await keeper.until(() => keeper.transfer('m1')?.failure?.kind === 'file-gone');
    keeper.host.answer = undefined;
    await keeper.transfers.fetch({ place: keeper.placeOf('m1', 7), source, isPrivate: true });
    await keeper.until(() => keeper.transfer('m1')?.stage === 'here');
  });

  it('given up on its way nothing of it is kept', async () => {
    const keeper = await fileKeeper();
    const source = await share(keeper, noise(LARGE));
    const goOn = holdAfterAPiece(keeper);
    const place = keeper.placeOf('m1', 7);
    await keeper.transfers.fetch({ place, source, isPrivate: true });
    await keeper.until(() => (keeper.transfer('m1')?.done ?? 0) > 0);
    await keeper.transfers.cancel(place, source);
    goOn();
    await keeper.until(() => keeper.transfers.list(BEN).length === 0);
    for (let moments = 0; moments < 50; moments++) await settled();
    assert.deepEqual([await keeper.store.files.heads(), keeper.transfer('m1')], [[], undefined]);
    // Nor is a piece that was just being written.
    const pieces = await Promise.all([0, 1, 2, 3].map((at) => keeper.store.files.piece(nameOf(source), at)));
    assert.deepEqual(
      pieces.map((piece) => piece?.length),
      [undefined, undefined, undefined, undefined],
    );
  });

  it('given up, wanted again and here, it stays when the first attempt comes to its end', async () => {
    const keeper = await fileKeeper();
    const data = noise(LARGE);
    const source = await share(keeper, data);
    const goOn = holdAfterAPiece(keeper);
    const place = keeper.placeOf('m1', 7);
    await keeper.transfers.fetch({ place, source, isPrivate: true });
    await keeper.until(() => (keeper.transfer('m1')?.done ?? 0) > 0);
    await keeper.transfers.cancel(place, source);
    keeper.host.answer = undefined;
    await keeper.transfers.fetch({ place, source, isPrivate: true });
    await keeper.until(() => keeper.transfer('m1')?.stage === 'here');
    goOn();
    for (let moments = 0; moments < 50; moments++) await settled();
    assertSame(await contentOf(keeper, source), data);
  });

  it('given up and wanted again at once it comes whole', async () => {
    const keeper = await fileKeeper();
    const data = noise(LARGE);
    const source = await share(keeper, data);
    const place = keeper.placeOf('m1', 7);
    await keeper.transfers.fetch({ place, source, isPrivate: true });
    await keeper.transfers.cancel(place, source);
    await fetched(keeper, source);
    for (let moments = 0; moments < 50; moments++) await settled();
    assertSame(await contentOf(keeper, source), data);
  });

  it('the same file in another message is here already', async () => {
    const keeper = await fileKeeper();
    const source = await share(keeper, noise(1000));
    await fetched(keeper, source);
    await keeper.transfers.fetch({ place: keeper.placeOf('m2', 9), source, isPrivate: true });
    assert.equal(keeper.host.asked.length, 1);
    assert.deepEqual([keeper.transfer('m2')?.stage, keeper.transfer('m2')?.order], ['here', 9]);
  });

  it('an own file is here, also when its message came back from elsewhere', async () => {
    const keeper = await fileKeeper({ isSealed: true });
    await keeper.send('one', new Blob(['words']));
    await keeper.until(() => [...keeper.outbox.values()][0]?.fileSource?.url !== undefined);
    const source = [...keeper.outbox.values()][0]?.fileSource ?? assert.fail();
    keeper.outbox.clear();
    assert.equal((await contentOf(keeper, source, 'one')).toString(), 'words');
    await keeper.transfers.fetch({ place: keeper.placeOf('one', 3), source, isPrivate: true });
    assert.deepEqual(keeper.host.asked, []);
  });
});

describe('who may be asked for a file', () => {
  const plain = { url: 'https://files.app1.test/9', size: 3 };

  it('the own service, whoever wrote the address: a slot tells which it is', async () => {
    const keeper = await fileKeeper();
    keeper.host.kept.set(plain.url, noise(3));
    await fetched(keeper, plain, false);
    assert.equal(keeper.transfer('m1')?.stage, 'here');
    assert.deepEqual(keeper.host.slots, [{ name: 'file', size: 1, type: 'application/octet-stream' }]);
  });

  for (const [what, url, isPrivate] of [
    ['a stranger’s host', 'https://evil.example/a', false],
    ['this machine', 'https://127.0.0.1/a', true],
    ['this machine in clear', 'http://127.0.0.1:8080/a', true],
    ['a name of the own network', 'https://router/a', true],
    ['an address of the own network', 'https://192.168.1.1/a', true],
    ['a host in clear', 'http://evil.example/a', true],
    ['a script', 'javascript:alert(1)', true],
  ] as const)
    it(`never ${what}`, async () => {
      const keeper = await fileKeeper();
      const source = { ...(await share(keeper, noise(10), url)), url };
      await fetched(keeper, source, isPrivate);
      await assertRefused(keeper, source, 'refused');
      assert.deepEqual(keeper.host.asked, []);
    });
});
