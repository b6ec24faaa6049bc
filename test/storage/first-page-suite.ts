// What the first stage answers from the disk alone.
import type { Account, Address } from '../../src/model/account.ts';
import { compareConversations } from '../../src/model/conversation.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import { readFirstPage } from '../../src/core/storage/first-page.ts';
import { accountName, registryName } from '../../src/core/storage/names.ts';
import { rememberAccount } from '../../src/core/storage/registry.ts';
import { equal, ok } from './assert.ts';
import { HALL, LIN, conversationRecord, outboxRecord, storedMessages } from './messages.ts';
import { flipped, namesOfDatabases, putRaw, rawRows } from './raw.ts';
import type { Test } from './store-contract.ts';
import { freshNames, makeWorld, openFor } from './world.ts';

const MEI: Account = { address: 'mei@chat.example' as Address, name: 'Mei', services: ['wss://chat.example/ws'] };

export function firstPageSuite(test: Test, databases: () => IDBFactory): void {
  test('the first page is the last window: list, thread, gaps and what waits', async () => {
    const world = makeWorld(databases());
    const names = freshNames(MEI.address);
    const store = await openFor(world, names);
    await rememberAccount(world, names, MEI);
    const all = storedMessages(0, 200);
    const records = Array.from({ length: 60 }, (_, at) =>
      conversationRecord({ id: `p${at}@chat.example` as ConversationId, lastActivityAt: at * 1000, pinned: at === 7 }),
    );
    const hall = conversationRecord({
      gaps: [
        { id: 'low', below: all[3]!.order },
        { id: 'near', below: all[180]!.order },
      ],
      room: { nick: 'Mei', autojoin: true },
    });
    await store.commit({
      messages: all,
      conversations: [...records, hall],
      facts: { 'open-conversation': HALL },
      outbox: [outboxRecord(2), outboxRecord(1), outboxRecord(3, { conversation: LIN })],
    });
    await store.commit({ changed: [{ ...all[199]!, withdrawn: true }] });
    while (await store.compact());
    const page = await readFirstPage(world.databases, world.subtle, names, { count: 50 });
    await store.close();
    equal([page?.account, page?.conversations.length, page?.open?.conversation], [MEI, 50, HALL]);
    equal(page?.conversations, page?.conversations.toSorted(compareConversations), 'in shown order');
    const thread = page?.open?.page;
    equal(
      thread?.messages.map(({ id, text }) => ({ id, text })),
      all.slice(150, 199).map(({ id, text }) => ({ id, text })),
    );
    equal(thread?.gaps, [{ id: 'near', below: all[180]!.order, state: 'open' }]);
    equal(
      thread?.outbox.map(({ text, outbox }) => [text, outbox?.stage]),
      [
        ['waiting 1', 'queued'],
        ['waiting 2', 'queued'],
      ],
    );
    equal([thread?.atStart, thread?.atEnd], [false, true]);
    ok(!('archiveId' in thread!.messages[0]!), 'tabs do not see ids of the archive');
  });

  test('a short conversation is shown from its start, and an unknown wish leaves the thread out', async () => {
    const world = makeWorld(databases());
    const names = freshNames(MEI.address);
    const store = await openFor(world, names);
    await rememberAccount(world, names, MEI);
    for (let at = 0; at < 7; at++)
      await store.commit({ messages: storedMessages(at, at + 1, { conversation: LIN }), conversations: [conversationRecord({ id: LIN })] });
    const read = (conversation: ConversationId): ReturnType<typeof readFirstPage> =>
      readFirstPage(world.databases, world.subtle, names, { conversation, count: 7 });
    const page = await read(LIN);
    equal([page?.open?.page.messages.length, page?.open?.page.atStart], [7, true]);
    equal((await read(HALL))?.open, undefined);
    await store.close();
  });

  test('the first page makes nothing where nothing is, and hides what cannot be opened', async () => {
    const world = makeWorld(databases());
    const names = freshNames(MEI.address);
    const read = (): ReturnType<typeof readFirstPage> =>
      readFirstPage(world.databases, world.subtle, names, { conversation: HALL, count: 50 });
    equal(await read(), undefined);
    equal(await readFirstPage(undefined, world.subtle, names, { count: 50 }), undefined);
    ok(!(await namesOfDatabases(world.databases)).includes(registryName(names)), 'no database was made');
    const store = await openFor(world, names);
    await store.commit({ messages: storedMessages(0, 3), conversations: [conversationRecord(), conversationRecord({ id: LIN })] });
    equal(await read(), undefined, 'nobody was remembered');
    await rememberAccount(world, names, MEI);
    const name = accountName(names);
    const blocks = await rawRows(world.databases, name, 'blocks');
    const conversations = await rawRows(world.databases, name, 'conversations');
    await putRaw(world.databases, name, 'blocks', [{ key: blocks[0]!.key, value: flipped(blocks[0]!.value) }]);
    await putRaw(world.databases, name, 'conversations', [{ key: 'stray', value: conversations[0]!.value }]);
    const page = await read();
    equal([page?.conversations.length, page?.open?.page.messages], [2, []]);
    await store.close();
  });
}
