// Files that were chosen and not sent yet: kept in their order over a restart, let go with a word, and within bounds.
import { deepEqual, equal, ok } from 'node:assert/strict';
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
    deepEqual(Buffer.from(await file.arrayBuffer()), Buffer.from(await bodyOf(PIECE + 100).arrayBuffer()));
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
