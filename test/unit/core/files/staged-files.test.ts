// Files that were chosen and not sent yet: kept in their order over a restart, let go with a word, and within bounds.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Answer } from '../../../../src/model/failure.ts';
import type { MessageId } from '../../../../src/model/message.ts';
import { BEN, fileKeeper, type FileKeeper } from '../../../kit/file-keeper.ts';

const PIECE = 512 * 1024;
const bodyOf = (size: number): Blob => new Blob([new Uint8Array(size).map((_, at) => at * 31)]);
const keep = ({ transfers }: FileKeeper, id: string, size = 10): Promise<Answer<void>> =>
  transfers.staged.keep({ conversation: BEN, id: id as MessageId, name: `${id}.txt`, asIs: false }, bodyOf(size));
const order = (...ids: string[]): { files: { id: MessageId; asIs: boolean }[] } => ({
  files: ids.map((id) => ({ id: id as MessageId, asIs: id === 'c' })),
});
const bytesOf = async (body: Blob): Promise<Buffer> => Buffer.from(await body.arrayBuffer());
const there = async ({ transfers }: FileKeeper): Promise<string[]> =>
  (await transfers.staged.read(BEN)).map(({ as, file }) => `${as.name} ${file.size}${as.asIs ? ' as it is' : ''}`);

describe('files that are staged', () => {
  it('come back after a restart as the same bytes, in the order they were given', async () => {
    const keeper = await fileKeeper();
    for (const id of ['a', 'b', 'c']) ok((await keep(keeper, id, PIECE + 100)).ok);
    await keeper.transfers.staged.arrange(BEN, order('c', 'a', 'b'));
    const next = await keeper.restart();
    const names = ['c.txt 524388 as it is', 'a.txt 524388', 'b.txt 524388'];
    deepEqual(await there(next), names);
    const [{ file } = { file: new Blob() }] = await next.transfers.staged.read(BEN);
    ok(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(await bodyOf(PIECE + 100).arrayBuffer())));
    equal(next.transfers.staged.count(BEN), 3);
    deepEqual(next.transfers.list(BEN), [], 'they are no messages');
  });

  it('go once nobody names them, also where that was said before they were kept', async () => {
    const keeper = await fileKeeper();
    await keep(keeper, 'a');
    await Promise.all([keep(keeper, 'b'), keeper.transfers.staged.arrange(BEN, order('b'))]);
    deepEqual(await there(keeper), ['b.txt 10']);
    await keeper.transfers.staged.drop('b' as MessageId);
    deepEqual([await there(keeper), await keeper.store.files.heads()], [[], []]);
  });

  it('are ten at most, and so many bytes in all; what is beyond is not kept', async () => {
    const keeper = await fileKeeper();
    for (let at = 0; at < 10; at++) ok((await keep(keeper, `file ${at}`)).ok);
    deepEqual(await keep(keeper, 'one more'), { ok: false, failure: { kind: 'storage-full' } });
    await keeper.transfers.staged.arrange(BEN, order());
    const huge = Object.defineProperty(bodyOf(10), 'size', { value: 129 * 1024 * 1024 });
    const as = { conversation: BEN, id: 'huge' as MessageId, name: 'huge', asIs: false };
    deepEqual(await keeper.transfers.staged.keep(as, huge), { ok: false, failure: { kind: 'storage-full' } });
    deepEqual(await keeper.store.files.heads(), []);
  });

  it('become the file of a message without being written again, and stay with it', async () => {
    const keeper = await fileKeeper({ isSealed: true });
    const size = 2 * PIECE + 100;
    await keep(keeper, 'a', size);
    let written = 0;
    const { files } = keeper.store;
    const putPiece = files.putPiece.bind(files);
    files.putPiece = (...piece) => (written++, putPiece(...piece));
    const source = await keeper.send('a', bodyOf(size), undefined, true);
    equal(written, 0, 'pieces written');
    equal(
      Buffer.from(source.sha256!).toString('hex'),
      createHash('sha256')
        .update(await bytesOf(bodyOf(size)))
        .digest('hex'),
    );
    await keeper.transfers.staged.drop('a' as MessageId);
    deepEqual([await there(keeper), keeper.transfers.staged.count(BEN)], [[], 0]);
    await keeper.until(() => keeper.outbox.get('a' as MessageId)?.fileSource?.url !== undefined);
    equal(keeper.host.puts.length, 1);
    const next = await keeper.restart();
    const kept = await next.transfers.read(next.placeOf('a'), keeper.outbox.get('a' as MessageId)!.fileSource!);
    deepEqual(kept.ok && (await bytesOf(kept.value)), await bytesOf(bodyOf(size)));
    equal(next.transfer('a')?.direction, 'up');
  });

  it('stay staged where the core died before the message was one, and go with the message that is thrown away', async () => {
    const keeper = await fileKeeper();
    await keep(keeper, 'a', PIECE + 100);
    ok((await keeper.transfers.keep(keeper.placeOf('a'), bodyOf(PIECE + 100), true)).ok);
    const next = await keeper.restart();
    deepEqual(await there(next), ['a.txt 524388'], 'nothing was sent');
    await next.send('a', bodyOf(PIECE + 100), undefined, true);
    await next.transfers.staged.drop('a' as MessageId);
    const record = next.outbox.get('a' as MessageId)!;
    next.outbox.clear();
    await next.transfers.discarded(record);
    deepEqual(await next.store.files.heads(), []);
  });

  it('are written anew where a message takes other bytes, and go once nobody wants them', async () => {
    const keeper = await fileKeeper();
    await keep(keeper, 'a', PIECE + 100);
    const source = await keeper.send('a', bodyOf(50), undefined, true);
    equal(source.size, 50);
    await keep(keeper, 'b', 20);
    ok((await keeper.transfers.keep(keeper.placeOf('b'), bodyOf(20), true)).ok);
    await keeper.transfers.staged.arrange(BEN, order());
    deepEqual(
      (await keeper.store.files.heads()).map(({ name }) => name),
      ['own a'],
      'no message was made of the other',
    );
  });

  it('leave nothing behind where the core died before one was whole, or the file was gone', async () => {
    const keeper = await fileKeeper();
    await keep(keeper, 'a', PIECE + 100);
    const [head] = await keeper.store.files.heads();
    await keeper.store.files.put({ ...head!, isWhole: false });
    const next = await keeper.restart();
    deepEqual([await there(next), await next.store.files.heads(), await next.store.files.countPieces(head!.name)], [[], [], 0]);
    const gone = Object.assign(bodyOf(10), { slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotFoundError')) }) });
    const answer = await next.transfers.staged.keep({ conversation: BEN, id: 'g' as MessageId, name: 'g', asIs: false }, gone);
    deepEqual([answer, await next.store.files.heads()], [{ ok: false, failure: { kind: 'file-gone' } }, []]);
  });
});
