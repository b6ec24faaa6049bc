// What every store promises of files, and what the sealed one promises beyond.
import type { FileHead } from '../../src/core/file-ports.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { MessageId } from '../../src/model/message.ts';
import { accountName } from '../../src/core/storage/names.ts';
import { equal, ok } from './assert.ts';
import { deleteRaw, dumpAll, flipped, putRaw, rawRows } from './raw.ts';
import type { Subject, Test } from './store-contract.ts';
import { freshNames, makeWorld, openFor } from './world.ts';

const CANARY = 'kestrel-7f3a';

const headOf = (name: string, parts: Partial<FileHead> = {}): FileHead => ({
  name,
  size: 6,
  isWhole: true,
  at: 1,
  sha256: new Uint8Array([1, 2, 3]),
  places: [{ conversation: 'mei@x' as ConversationId, message: 'm1' as MessageId, order: 7 }],
  ...parts,
});

const piece = (...bytes: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

export function fileContract(test: Test, subject: () => Subject): void {
  test('a file comes back as it was, its pieces one by one, also after a restart, and goes wholly', async () => {
    const it = subject();
    const store = await it.open();
    const before = headOf('one', { isWhole: false, waits: true });
    ok((await store.files.put(before)).ok, 'a head');
    equal(await store.files.heads(), [before]);
    for (let at = 0; at < 12; at++) ok((await store.files.putPiece('one', at, piece(at, at + 1))).ok, 'a piece');
    ok((await store.files.putPiece('two', 0, piece(9))).ok, 'another');
    ok((await store.files.put(headOf('one'))).ok, 'the head again');
    const again = await it.reopen(store);
    equal(await again.files.heads(), [headOf('one')]);
    equal([await again.files.countPieces('one'), await again.files.countPieces('two')], [12, 1]);
    equal(await Promise.all([0, 11, 12].map((at) => again.files.piece('one', at))), [piece(0, 1), piece(11, 12), undefined]);
    await again.files.drop('one');
    equal([await again.files.heads(), await again.files.countPieces('one'), await again.files.piece('one', 0)], [[], 0, undefined]);
    equal(await again.files.piece('two', 0), piece(9), 'and no other');
    await again.close();
  });
}

export function sealedFiles(test: Test, databases: () => IDBFactory): void {
  test('of a file the disk shows neither name nor content, and a piece that was turned or moved is none', async () => {
    const world = makeWorld(databases());
    const names = freshNames();
    const account = accountName(names);
    const store = await openFor(world, names);
    await store.files.put(headOf(CANARY));
    for (let at = 0; at < 3; at++) await store.files.putPiece(CANARY, at, new TextEncoder().encode(`${CANARY} ${at}`));
    await store.close();
    ok(!(await dumpAll(databases(), [account])).includes(CANARY), 'nothing of it stands in clear');
    const rows = await rawRows(databases(), account, 'files');
    const [, first, second, third] = rows;
    await putRaw(databases(), account, 'files', [
      { key: first!.key, value: second!.value },
      { key: second!.key, value: flipped(second!.value) },
    ]);
    const again = await openFor(world, names);
    const pieces = await Promise.all([0, 1, 2].map((at) => again.files.piece(CANARY, at)));
    equal(
      pieces.map((one) => one?.length),
      [undefined, undefined, CANARY.length + 2],
    );
    await again.close();
    await putRaw(databases(), account, 'files', [{ key: rows[0]!.key, value: third!.value }]);
    const last = await openFor(world, names);
    equal([await last.files.heads(), await last.files.countPieces(CANARY)], [[], 0], 'a head that does not open takes its pieces along');
    await last.close();
    await deleteRaw(databases(), account);
  });
}
