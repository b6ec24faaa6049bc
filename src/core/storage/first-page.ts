// The first stage: what the disk holds of the last window, by raw IndexedDB, before Dexie, connection and the rest are loaded.
// It opens what is there, changes nothing, and answers nothing rather than something doubtful.
import type { Account } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { compareConversations } from '../../model/conversation.ts';
import type { CoreIdentity, FirstPage, FirstWish } from '../../contracts/port.ts';
import type { ConversationRecord, OutboxRecord, StorageBuckets } from '../ports.ts';
import { conversationOf, threadPageOf, type Newest } from './first-view.ts';
import { isReadOn } from './array-keys.ts';
import { openExisting, resultOf } from './idb.ts';
import { decodeMessages } from './message-codec.ts';
import { accountName } from './names.ts';
import { decodePlain } from './plain.ts';
import { findLast } from './find-last.ts';
import { ROOT_KEY, blockKey, blocksOf, isForFirstStage, isKeyRow, refOfKey, textOfBlockKey } from './schema.ts';
import type { BlockKey, BlockRef } from './schema.ts';
import { MOST_SHOWN, SHOWN } from './shown-list.ts';
import { blindId, keyOfText, openVault, textOfKey, unsealRow } from './vault.ts';
import type { TableName, Vault } from './vault.ts';

export async function readFirstPage(
  databases: IDBFactory | undefined,
  subtle: SubtleCrypto,
  identity: CoreIdentity,
  wish: FirstWish,
  buckets?: StorageBuckets,
): Promise<FirstPage | undefined> {
  try {
    const found = await findLast({ databases, buckets, subtle }, identity);
    if (!found) return undefined;
    const { drawer, last } = found;
    if ('locked' in last) return { warbler: 'first-page', locked: last.mode, conversations: [] };
    const name = accountName({ ...identity, address: last.account.address });
    const database = await openExisting(drawer.databases, name + drawer.suffix);
    if (!database) return undefined;
    try {
      return isForFirstStage(database.version) ? await readAccount(database, name, subtle, last.account, wish) : undefined;
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

async function readAccount(
  database: IDBDatabase,
  name: string,
  subtle: SubtleCrypto,
  account: Account,
  wish: FirstWish,
): Promise<FirstPage | undefined> {
  const transaction = database.transaction(['keys', 'facts', 'outbox']);
  const fact = (name: string): Promise<unknown> => resultOf<unknown>(transaction.objectStore('facts').get(name));
  const [keyRow, lastOpen, shown, outboxRows] = await Promise.all([
    resultOf<unknown>(transaction.objectStore('keys').get(ROOT_KEY)),
    fact('open-conversation'),
    fact(SHOWN),
    allRows(transaction.objectStore('outbox')),
  ]);
  if (!isKeyRow(keyRow)) return undefined;
  const vault = openVault(subtle, name, keyRow.root);
  const [open, top, outbox] = await Promise.all([
    wish.conversation ?? openRow<ConversationId>(vault, 'facts', 'open-conversation', lastOpen),
    openRow<string[]>(vault, 'facts', SHOWN, shown),
    openRows<OutboxRecord>(vault, 'outbox', outboxRows),
  ]);
  const [records, thread] = await Promise.all([
    readShown(database, vault, top),
    open === undefined ? undefined : readThread(database, vault, open, wish.count),
  ]);
  const conversations = records.map(conversationOf).toSorted(compareConversations).slice(0, MOST_SHOWN);
  const page: FirstPage = { warbler: 'first-page', account, conversations };
  if (!thread) return page;
  const waiting = outbox.filter(({ conversation }) => conversation === thread.record.id);
  return { ...page, open: { conversation: thread.record.id, page: threadPageOf(account, thread.record, thread.newest, waiting) } };
}

/** Those at the top of the list; all of them where no row says which these are. */
async function readShown(database: IDBDatabase, vault: Vault, top: readonly string[] | undefined): Promise<ConversationRecord[]> {
  const store = database.transaction('conversations').objectStore('conversations');
  const rows = top ? await Promise.all(top.map((key) => rowAt(store, keyOfText(key)))) : await allRows(store);
  return openRows<ConversationRecord>(vault, 'conversations', rows);
}

async function readThread(
  database: IDBDatabase,
  vault: Vault,
  conversation: ConversationId,
  count: number,
): Promise<{ record: ConversationRecord; newest: Newest } | undefined> {
  const key = await blindId(vault, 'conversation', conversation);
  const transaction = database.transaction(['conversations', 'blocks']);
  const [[record], newest] = await Promise.all([
    rowAt(transaction.objectStore('conversations'), key).then((row) => openRows<ConversationRecord>(vault, 'conversations', [row])),
    readNewest(transaction.objectStore('blocks'), vault, key, conversation, count),
  ]);
  return record && { record, newest };
}

async function readNewest(
  store: IDBObjectStore,
  vault: Vault,
  key: ArrayBuffer,
  conversation: ConversationId,
  count: number,
): Promise<Newest> {
  const { refs, all, inOrder } = await newestRefs(store, key, count);
  const [oldest] = refs;
  const newest = refs.at(-1);
  if (!oldest || !newest) return { messages: [], all };
  const sealed = inOrder
    ? await resultOf<unknown[]>(store.getAll(IDBKeyRange.bound(blockKey(key, oldest), blockKey(key, newest))))
    : await Promise.all(refs.map((ref) => resultOf<unknown>(store.get(blockKey(key, ref)))));
  const blocks = await Promise.all(
    refs.map(async (ref, at) => {
      const bytes = await unsealRow(vault, 'blocks', textOfBlockKey(key, ref), sealed[at]);
      return bytes && decodeMessages(bytes).map((message) => ({ ...message, conversation }));
    }),
  );
  // What is above a lost block stands next to what is below it in no thread.
  const whole = blocks.slice(blocks.lastIndexOf(undefined) + 1);
  const messages = whole.flatMap((block) => block ?? []);
  const isAll = all && whole.length === blocks.length && messages.length <= count;
  return { messages: count > 0 ? messages.slice(-count) : [], all: isAll };
}

interface NewestRefs {
  /** Ascending. */
  refs: BlockRef[];
  all: boolean;
  /** Otherwise each has to be asked for by itself: see `array-keys.ts`. */
  inOrder: boolean;
}

/** Backwards over the keys alone, until they promise enough; over all of them where they stand in no order. */
function newestRefs(store: IDBObjectStore, key: ArrayBuffer, count: number): Promise<NewestRefs> {
  const refs: BlockRef[] = [];
  let held = 0;
  let inOrder = true;
  return new Promise((resolve, reject) => {
    const request = store.openKeyCursor(blocksOf(key), 'prev');
    request.addEventListener('error', () => reject(request.error ?? new DOMException('The keys cannot be read', 'UnknownError')));
    request.addEventListener('success', () => {
      const cursor = request.result;
      if (!cursor || (inOrder && held >= count)) {
        const newest = inOrder ? refs : newestOf(refs, count);
        return resolve({ refs: newest.toReversed(), all: !cursor && newest.length === refs.length, inOrder });
      }
      inOrder &&= !isReadOn(cursor.primaryKey);
      const ref = refOfKey(cursor.primaryKey as BlockKey);
      refs.push(ref);
      held += ref.count;
      cursor.continue();
    });
  });
}

/** Descending. */
function newestOf(refs: readonly BlockRef[], count: number): BlockRef[] {
  let held = 0;
  return refs.toSorted((a, b) => b.first - a.first).filter((ref) => (held += ref.count) - ref.count < count);
}

interface Row {
  key: ArrayBuffer;
  value: unknown;
}

const rowAt = async (store: IDBObjectStore, key: ArrayBuffer): Promise<Row> => ({ key, value: await resultOf<unknown>(store.get(key)) });

async function allRows(store: IDBObjectStore): Promise<Row[]> {
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
