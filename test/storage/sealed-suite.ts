// What the sealed store promises beyond the contract: nothing in clear, nothing swapped, sizes, rollback, wiping, the first page.
import type { Account, Address } from '../../src/model/account.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { StoredMessage } from '../../src/core/ports.ts';
import { ROLLED_BACK } from '../../src/core/ports.ts';
import { accountName, registryName } from '../../src/core/storage/names.ts';
import { rememberAccount } from '../../src/core/storage/registry.ts';
import { wipeAccount } from '../../src/core/storage/wipe-account.ts';
import { atMost, equal, ok } from './assert.ts';
import { sealedFiles } from './file-suite.ts';
import { HALL, LIN, conversationRecord, outboxRecord, storedMessage, storedMessages } from './messages.ts';
import { privateFiles } from './private-files.ts';
import { deleteRaw, dumpAll, flipped, namesOfDatabases, putRaw, rawRows, sizeOfKey } from './raw.ts';
import type { Test } from './store-contract.ts';
import { upgradeSuite } from './upgrade-suite.ts';
import { freshNames, lastAccount, makeWorld, openFor } from './world.ts';
import { firstPageSuite } from './first-page-suite.ts';

const MEI: Account = { address: 'mei@chat.example' as Address, name: 'Mei', services: ['wss://chat.example/ws'] };

export function sealedSuite(test: Test, databases: () => IDBFactory): void {
  sizes(test, databases);
  secrecy(test, databases);
  tampering(test, databases);
  keyTampering(test, databases);
  sealedFiles(test, databases);
  rollback(test, databases);
  wiping(test, databases);
  firstPageSuite(test, databases);
  upgradeSuite(test, databases);
}

function sizes(test: Test, databases: () => IDBFactory): void {
  test('a message of 97 bytes costs at most 220 stored bytes fresh and 120 after compaction', async () => {
    const world = makeWorld(databases());
    const names = freshNames();
    const store = await openFor(world, names);
    for (let from = 0; from < 2000; from += 50) await store.commit({ messages: storedMessages(from, from + 50) });
    const name = accountName(names);
    atMost(await bytesInBlocks(world.databases, name), 220 * 2000, 'fresh');
    while (await store.compact());
    atMost(await bytesInBlocks(world.databases, name), 120 * 2000, 'compacted');
    equal(await store.compact(), false, 'nothing is left to do');
    equal((await rawRows(world.databases, name, 'blocks')).length, 20, 'blocks');
    equal(await store.readAbove(HALL, -Infinity, 5000), storedMessages(0, 2000));
    await store.close();
  });
}

function secrecy(test: Test, databases: () => IDBFactory): void {
  test('no name, key or value of any database holds one of fifty canaries', async () => {
    const world = makeWorld(databases());
    const canaries = Array.from({ length: 50 }, (_, at) => `canary${at}x${'zyxwvutsrq'[at % 10]}`);
    const [c0, c1, c2, c3, c4] = canaries as [string, string, string, string, string];
    const names = { organisation: c0, profile: c1, address: `${c2}@${c3}.example` };
    const store = await openFor(world, names);
    await rememberAccount(world, names, { address: names.address as Address, name: c4, services: [`wss://${canaries[5]}.example`] });
    const own = (at: number): Partial<StoredMessage> => ({
      conversation: `${canaries[6]}@x` as ConversationId,
      text: `say ${canaries[at]}`,
      author: `${canaries[at + 1]}@x` as never,
      authorName: canaries[at + 2]!,
      archiveId: canaries[at + 3]!,
      originId: canaries[at + 4]!,
      id: canaries[at + 5]! as never,
    });
    await store.commit({ messages: [7, 13, 19].map((at) => storedMessage(at, own(at))) });
    await store.commit({ messages: Array.from({ length: 40 }, (_, at) => storedMessage(100 + at, own(25))) });
    await store.compact();
    await store.commit(
      {
        conversations: [conversationRecord({ id: `${canaries[31]}@x` as ConversationId, title: canaries[32]!, draft: canaries[33]! })],
        outbox: [outboxRecord(1, { text: canaries[34]!, stanza: canaries[35]!, id: canaries[36]! as never })],
        facts: {
          'kept-login': { device: canaries[37], token: canaries[38] },
          roster: [canaries[39], ...canaries.slice(47)],
          'open-conversation': canaries[40],
        },
        keys: [41, 42, 43].map((at) => ({ name: `session ${canaries[at]}@x/1957`, value: { root: canaries[at + 3] } })),
      },
      'strict',
    );
    await store.close();
    const all = [registryName(names), accountName(names)];
    const dump = await dumpAll(world.databases, all);
    ok(dump.length > 3000, 'the dump holds something');
    for (const canary of canaries) ok(!dump.toLowerCase().includes(canary), `${canary} lies in clear`);
    ok(
      world.logged.every((line) => !line.includes('canary')),
      'the log is clean',
    );
  });

  test('no key can be exported by a script', async () => {
    const world = makeWorld(databases());
    const names = freshNames();
    await (await openFor(world, names)).close();
    const [row] = await rawRows(world.databases, accountName(names), 'keys');
    const { root } = row!.value as { root: CryptoKey };
    equal(root.extractable, false);
    equal(
      await crypto.subtle.exportKey('raw', root).then(
        () => 'exported',
        () => 'refused',
      ),
      'refused',
    );
  });
}

function tampering(test: Test, databases: () => IDBFactory): void {
  const prepare = async (): Promise<{ reopen: () => ReturnType<typeof openFor>; name: string; factory: IDBFactory }> => {
    const world = makeWorld(databases());
    const names = freshNames();
    const store = await openFor(world, names);
    await store.commit({
      conversations: [conversationRecord({ top: 300 * 1024 }), conversationRecord({ id: LIN })],
      facts: { roster: ['a'] },
    });
    for (let from = 0; from < 300; from += 100) await store.commit({ messages: storedMessages(from, from + 100) });
    await store.commit({ outbox: [outboxRecord(1), outboxRecord(2)] });
    await store.close();
    return { reopen: () => openFor(world, names), name: accountName(names), factory: world.databases };
  };

  test('a flipped bit is never shown: the conversation goes on with a gap the archive can fill', async () => {
    const { reopen, name, factory } = await prepare();
    const rows = await rawRows(factory, name, 'blocks');
    await putRaw(factory, name, 'blocks', [{ key: rows[1]!.key, value: flipped(rows[1]!.value) }]);
    const store = await reopen();
    const all = storedMessages(0, 300);
    equal(await store.readAbove(HALL, -Infinity, 1000), [...all.slice(0, 100), ...all.slice(200)]);
    equal(store.losses(), [{ what: 'messages', why: 'unreadable', conversation: HALL }]);
    const record = (await store.conversations()).find(({ id }) => id === HALL);
    equal(record?.gaps, [
      { id: `lost-${all[200]!.order}`, below: all[200]!.order, beforeArchiveId: all[200]!.archiveId, afterArchiveId: all[99]!.archiveId },
    ]);
    await store.commit({ messages: all.slice(100, 200) });
    equal(await store.readAbove(HALL, -Infinity, 1000), all);
    await store.close();
  });

  test('two swapped rows are refused both, and what is left is not called complete', async () => {
    const { reopen, name, factory } = await prepare();
    const [oldest, middle] = await rawRows(factory, name, 'blocks');
    await putRaw(factory, name, 'blocks', [
      { key: oldest!.key, value: middle!.value },
      { key: middle!.key, value: oldest!.value },
    ]);
    const store = await reopen();
    equal(await store.readBelow(HALL, Infinity, 1000), storedMessages(200, 300));
    const record = (await store.conversations()).find(({ id }) => id === HALL);
    equal([record?.complete, record?.gaps], [false, []]);
    await store.close();
  });

  test('a lost newest block leaves a gap above the highest place', async () => {
    const { reopen, name, factory } = await prepare();
    const rows = await rawRows(factory, name, 'blocks');
    await putRaw(factory, name, 'blocks', [{ key: rows[2]!.key, value: 'no bytes at all' }]);
    const store = await reopen();
    equal(await store.readBelow(HALL, Infinity, 1), storedMessages(199, 200));
    const record = (await store.conversations()).find(({ id }) => id === HALL);
    equal(record?.gaps, [{ id: `lost-${300 * 1024 + 1}`, below: 300 * 1024 + 1, afterArchiveId: storedMessage(199).archiveId }]);
    await store.close();
  });

  test('compaction and new messages meet a damaged block and go on without it', async () => {
    const { reopen, name, factory } = await prepare();
    const rows = await rawRows(factory, name, 'blocks');
    await putRaw(
      factory,
      name,
      'blocks',
      [0, 2].map((at) => ({ key: rows[at]!.key, value: flipped(rows[at]!.value) })),
    );
    const store = await reopen();
    ok((await store.commit({ messages: storedMessages(300, 310) })).ok, 'committed');
    while (await store.compact());
    equal(await store.readBelow(HALL, Infinity, 1000), [...storedMessages(100, 200), ...storedMessages(300, 310)]);
    ok(store.losses().length > 0, 'the loss is told');
    await store.close();
  });

  test('damaged records are dropped and told, the others stay', async () => {
    const { reopen, name, factory } = await prepare();
    const outbox = await rawRows(factory, name, 'outbox');
    const facts = (await rawRows(factory, name, 'facts')).filter(({ key }) => key === 'roster');
    const conversations = await rawRows(factory, name, 'conversations');
    await putRaw(factory, name, 'outbox', [{ key: outbox[0]!.key, value: outbox[1]!.value }]);
    await putRaw(factory, name, 'facts', [{ key: 'roster', value: flipped(facts[0]!.value) }]);
    await putRaw(factory, name, 'conversations', [{ key: conversations[0]!.key, value: flipped(conversations[0]!.value) }]);
    const store = await reopen();
    equal([(await store.outbox()).length, (await store.conversations()).length, await store.fact('roster')], [1, 1, undefined]);
    equal(
      store.losses().map(({ what }) => what),
      ['outbox', 'conversation', 'fact'],
    );
    equal([(await store.outbox()).length, store.losses().length], [1, 3], 'told once');
    await store.close();
  });
}

const KEPT = ['own', 'session lin 7', 'session lin 8'].map((name) => ({ name, value: { of: name } }));

function keyTampering(test: Test, databases: () => IDBFactory): void {
  test('keys that were turned or swapped on the disk are none, are told once, and the others stay', async () => {
    const world = makeWorld(databases());
    const names = freshNames();
    const first = await openFor(world, names);
    for (const one of KEPT) await first.commit({ keys: [one] });
    await first.close();
    const name = accountName(names);
    const [one, two] = await rawRows(world.databases, name, 'keyring');
    await putRaw(world.databases, name, 'keyring', [{ key: one!.key, value: two!.value }]);
    const store = await openFor(world, names);
    const read = (): Promise<unknown[]> => Promise.all(KEPT.map((kept) => store.keys(kept.name)));
    equal((await read()).filter((value) => value === undefined).length, 1);
    await read();
    equal(store.losses(), [{ what: 'keys', why: 'unreadable' }]);
    await store.commit({ keys: KEPT });
    equal(
      await read(),
      KEPT.map(({ value }) => value),
    );
    await store.close();
  });

  test('the sentinel counts with keys: an older copy of them is noticed', async () => {
    const world = makeWorld(databases());
    const names = freshNames();
    const name = accountName(names);
    const first = await openFor(world, names);
    await first.commit({ keys: KEPT }, 'strict');
    await first.close();
    const [facts, kept] = await Promise.all([rawRows(world.databases, name, 'facts'), rawRows(world.databases, name, 'keyring')]);
    const second = await openFor(world, names);
    await second.commit({ keys: [{ name: 'own', value: 'a step further' }] }, 'strict');
    await second.close();
    await putRaw(world.databases, name, 'facts', facts);
    await putRaw(world.databases, name, 'keyring', kept);
    const third = await openFor(world, names);
    equal([third.rolledBack, await third.keys('own')], ['older-copy', { of: 'own' }]);
    await third.close();
    const fourth = await openFor(world, names);
    equal(
      [fourth.rolledBack, await fourth.keys(ROLLED_BACK)],
      [undefined, 'older-copy'],
      'whoever keeps keys finds it however late they look',
    );
    await fourth.close();
  });
}

function rollback(test: Test, databases: () => IDBFactory): void {
  test('a database that comes back empty or older is noticed, an ordinary restart is not', async () => {
    const world = makeWorld(databases());
    const names = freshNames();
    const name = accountName(names);
    const first = await openFor(world, names);
    equal(first.rolledBack, undefined);
    await first.commit({ outbox: [outboxRecord(1)] }, 'strict');
    await first.close();
    const copy = await rawRows(world.databases, name, 'facts');
    const second = await openFor(world, names);
    equal(second.rolledBack, undefined);
    await second.commit({ facts: { settings: 1 } }, 'strict');
    ok(((await second.fact<number>('epoch')) ?? 0) >= 4, 'the epoch counts openings and strict commits');
    await second.close();
    await putRaw(world.databases, name, 'facts', copy);
    const third = await openFor(world, names);
    equal(third.rolledBack, 'older-copy');
    await third.close();
    const fourth = await openFor(world, names);
    equal(fourth.rolledBack, undefined, 'told once: the count goes on from the highest');
    await fourth.close();
    await deleteRaw(world.databases, name);
    const fifth = await openFor(world, names);
    equal([fifth.rolledBack, await fifth.outbox()], ['history-lost', []]);
    await fifth.close();
  });

  test('where there is a private file system it notices what all databases of the origin forgot together', async () => {
    const files = await privateFiles();
    const world = { ...makeWorld(databases()), files };
    const names = freshNames();
    const first = await openFor(world, names);
    await first.commit({ outbox: [outboxRecord(1)] }, 'strict');
    await first.close();
    await deleteRaw(world.databases, accountName(names));
    await deleteRaw(world.databases, registryName(names));
    const second = await openFor(world, names);
    equal(second.rolledBack, 'history-lost');
    await second.close();
    await wipeAccount(world, names);
    const third = await openFor(world, names);
    equal(third.rolledBack, undefined, 'a wiped account was meant to go');
    await third.close();
    await wipeAccount(world, names);
  });

  test('a second place that fails costs nothing but its own knowledge', async () => {
    const world = { ...makeWorld(databases()), files: () => Promise.reject(new DOMException('no', 'SecurityError')) };
    const names = freshNames();
    const store = await openFor(world, names);
    ok((await store.commit({ outbox: [outboxRecord(1)] }, 'strict')).ok, 'committed');
    await store.close();
    const again = await openFor(world, names);
    equal([again.rolledBack, (await again.outbox()).length], [undefined, 1]);
    await again.close();
    equal((await wipeAccount(world, names)).ok, true);
  });

  test('rows whose key is gone are cleared, and that is told', async () => {
    const world = makeWorld(databases());
    const names = freshNames();
    const name = accountName(names);
    const store = await openFor(world, names);
    await store.commit({ messages: storedMessages(0, 10) }, 'strict');
    await store.close();
    await putRaw(world.databases, name, 'keys', [{ key: 'root', value: 'nothing of use' }]);
    const again = await openFor(world, names);
    equal(again.rolledBack, 'key-lost');
    equal(await again.readBelow(HALL, Infinity, 10), []);
    await again.commit({ messages: storedMessages(0, 3) });
    equal((await again.readBelow(HALL, Infinity, 10)).length, 3);
    await again.close();
  });
}

function wiping(test: Test, databases: () => IDBFactory): void {
  test('after a wipe nothing of the account is left, and another account is untouched', async () => {
    const world = makeWorld(databases());
    const names = freshNames();
    const other = { ...names, address: 'tom@chat.example' };
    const kept = await openFor(world, other);
    await kept.commit({ messages: storedMessages(0, 5) }, 'strict');
    const store = await openFor(world, names);
    await store.commit({ messages: storedMessages(0, 300), outbox: [outboxRecord(1)] }, 'strict');
    await rememberAccount(world, names, MEI);
    await store.close();
    equal(await wipeAccount(world, names), { ok: true, value: undefined });
    equal(await lastAccount(world, names), undefined);
    ok(!(await namesOfDatabases(world.databases)).includes(accountName(names)), 'its database is gone');
    equal((await kept.readBelow(HALL, Infinity, 10)).length, 5);
    const again = await openFor(world, names);
    equal([again.rolledBack, (await again.readBelow(HALL, Infinity, 10)).length], [undefined, 0]);
    await Promise.all([again.close(), kept.close()]);
    await wipeAccount(world, names);
    await wipeAccount(world, other);
    const left = await namesOfDatabases(world.databases);
    ok(!left.includes(registryName(names)), 'the registry went with the last account');
  });

  test('wiping what was never there answers well and leaves nothing', async () => {
    const world = makeWorld(databases());
    const names = freshNames();
    equal((await wipeAccount(world, names)).ok, true);
    const left = await namesOfDatabases(world.databases);
    ok(!left.includes(registryName(names)) && !left.includes(accountName(names)), 'nothing was made');
  });
}

async function bytesInBlocks(databases: IDBFactory, name: string): Promise<number> {
  const rows = await rawRows(databases, name, 'blocks');
  return rows.reduce((sum, { key, value }) => sum + sizeOfKey(key) + (value as Uint8Array).byteLength, 0);
}
