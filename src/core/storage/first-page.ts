// The first stage: what the disk holds of the last window, by raw IndexedDB, before Dexie, connection and the rest are loaded.
// It opens what is there, changes nothing, and answers nothing rather than something doubtful.
import type { Account } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { compareConversations } from '../../model/conversation.ts';
import type { CoreIdentity, FirstPage, FirstWish } from '../../contracts/port.ts';
import type { ConversationRecord, OutboxRecord, StoredMessage } from '../ports.ts';
import { conversationOf, threadPageOf } from './first-view.ts';
import { openExisting, resultOf } from './idb.ts';
import { decodeMessages } from './message-codec.ts';
import { accountName } from './names.ts';
import { decodePlain } from './plain.ts';
import { readLastAccount } from './registry.ts';
import { DATABASE_VERSION, ROOT_KEY, blockKey, blocksOf, isKeyRow, refOfKey, textOfBlockKey } from './schema.ts';
import type { BlockKey, BlockRef } from './schema.ts';
import { blindId, openVault, textOfKey, unsealRow } from './vault.ts';
import type { TableName, Vault } from './vault.ts';

/** As many rows as the tallest screen shows of the list. */
const MOST_CONVERSATIONS = 50;

export async function readFirstPage(
  databases: IDBFactory | undefined,
  subtle: SubtleCrypto,
  identity: CoreIdentity,
  wish: FirstWish,
): Promise<FirstPage | undefined> {
  if (!databases) return undefined;
  try {
    const account = await readLastAccount(databases, subtle, identity);
    if (!account) return undefined;
    const name = await accountName(subtle, { ...identity, address: account.address });
    const database = await openExisting(databases, name);
    if (!database) return undefined;
    try {
      return database.version === DATABASE_VERSION ? await readAccount(database, subtle, account, wish) : undefined;
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

async function readAccount(database: IDBDatabase, subtle: SubtleCrypto, account: Account, wish: FirstWish): Promise<FirstPage | undefined> {
  const transaction = database.transaction(['keys', 'facts', 'conversations', 'outbox']);
  const [keyRow, lastOpen, conversationRows, outboxRows] = await Promise.all([
    resultOf<unknown>(transaction.objectStore('keys').get(ROOT_KEY)),
    resultOf<unknown>(transaction.objectStore('facts').get('open-conversation')),
    rowsOf(transaction.objectStore('conversations')),
    rowsOf(transaction.objectStore('outbox')),
  ]);
  if (!isKeyRow(keyRow)) return undefined;
  const vault = openVault(subtle, database.name, keyRow.root);
  const [records, outbox, open] = await Promise.all([
    openRows<ConversationRecord>(vault, 'conversations', conversationRows),
    openRows<OutboxRecord>(vault, 'outbox', outboxRows),
    wish.conversation ?? openRow<ConversationId>(vault, 'facts', 'open-conversation', lastOpen),
  ]);
  const conversations = records.map(conversationOf).sort(compareConversations).slice(0, MOST_CONVERSATIONS);
  const page: FirstPage = { warbler: 'first-page', account, conversations };
  const record = records.find(({ id }) => id === open);
  if (!record) return page;
  const newest = await readNewest(database, vault, record.id, wish.count);
  const waiting = outbox.filter(({ conversation }) => conversation === record.id);
  return { ...page, open: { conversation: record.id, page: threadPageOf(account, record, newest, waiting) } };
}

export interface Newest {
  messages: readonly StoredMessage[];
  /** Nothing older is stored. */
  all: boolean;
}

async function readNewest(database: IDBDatabase, vault: Vault, conversation: ConversationId, count: number): Promise<Newest> {
  const key = await blindId(vault, 'conversation', conversation);
  const store = database.transaction('blocks').objectStore('blocks');
  const { refs, all } = await newestRefs(store, key, count);
  const [oldest] = refs;
  const newest = refs.at(-1);
  if (!oldest || !newest) return { messages: [], all };
  const range = IDBKeyRange.bound(blockKey(key, oldest), blockKey(key, newest));
  const sealed = await resultOf<unknown[]>(store.getAll(range));
  const blocks = await Promise.all(
    refs.map(async (ref, at) => {
      const bytes = await unsealRow(vault, 'blocks', textOfBlockKey(key, ref), sealed[at]);
      return bytes ? decodeMessages(bytes).map((message) => ({ ...message, conversation })) : [];
    }),
  );
  const messages = blocks.flat();
  return { messages: count > 0 ? messages.slice(-count) : [], all: all && messages.length <= count };
}

/** Backwards over the keys alone, until they promise enough. Ascending. */
function newestRefs(store: IDBObjectStore, key: ArrayBuffer, count: number): Promise<{ refs: BlockRef[]; all: boolean }> {
  const refs: BlockRef[] = [];
  let held = 0;
  return new Promise((resolve, reject) => {
    const request = store.openKeyCursor(blocksOf(key), 'prev');
    request.onerror = () => reject(request.error ?? new DOMException('The keys cannot be read', 'UnknownError'));
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor || held >= count) return resolve({ refs: refs.reverse(), all: !cursor });
      const ref = refOfKey(cursor.primaryKey as BlockKey);
      refs.push(ref);
      held += ref.count;
      cursor.continue();
    };
  });
}

interface Row {
  key: ArrayBuffer;
  value: unknown;
}

async function rowsOf(store: IDBObjectStore): Promise<Row[]> {
  const [keys, values] = await Promise.all([resultOf(store.getAllKeys()), resultOf<unknown[]>(store.getAll())]);
  return keys.map((key, at) => ({ key: key as ArrayBuffer, value: values[at] }));
}

async function openRows<T>(vault: Vault, table: TableName, rows: readonly Row[]): Promise<T[]> {
  const records = await Promise.all(rows.map(({ key, value }) => openRow<T>(vault, table, textOfKey(key), value)));
  return records.filter((record) => record !== undefined);
}

async function openRow<T>(vault: Vault, table: TableName, key: string, sealed: unknown): Promise<T | undefined> {
  const bytes = await unsealRow(vault, table, key, sealed);
  return bytes && (decodePlain(bytes) as T);
}
