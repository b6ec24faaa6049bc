// Rows of one account, opened with the old root and sealed with the new one. What does not open goes along as it is: the store finds it and tells.
import type { ConversationRecord, KeptKeys, OutboxRecord } from '../../ports.ts';
import type { FileHead } from '../../file-ports.ts';
import type { AccountDatabase, Row, RowChange } from '../account-database.ts';
import { textOfFileKey, type FileKey } from '../file-rows.ts';
import { decodePlain, encodePlain } from '../plain.ts';
import { TABLES, blockKey, refOfKey, textOfBlockKey } from '../schema.ts';
import type { BlockKey, Table } from '../schema.ts';
import { textOfRowKey } from '../shelf.ts';
import { SHOWN } from '../shown-list.ts';
import { blindId, isNamed, keyOfText, plainOf, sealInner, textOfKey, unsealInner } from '../vault.ts';
import type { Inner, Random, TableName, Vault } from '../vault.ts';

export interface RowMove {
  from: AccountDatabase;
  to: AccountDatabase;
  old: Vault;
  fresh: Vault;
  random: Random;
  /** Where the new count begins. */
  epoch: number;
}

/** As many at a time as memory hardly notices. A piece of a file is as large as thousands of others. */
const BATCH = 200;
const FILE_BATCH = 4;
const batchOf = (table: Table): number => (table === 'files' ? FILE_BATCH : BATCH);

type Moved = readonly [key: IDBValidKey, value: unknown];
type MoveRow = (move: RowMove, row: Row, conversations: Map<string, ArrayBuffer>) => Promise<Moved | undefined>;

/** In this order: blocks and facts are found by the keys of conversations. */
const MOVES: Readonly<Record<Exclude<Table, 'keys'>, MoveRow>> = {
  conversations: async (move, row, conversations) => {
    const opened = await open(move, 'conversations', row);
    if (!opened) return asItIs(row);
    const key = await blindId(move.fresh, 'conversation', (opened.plain as ConversationRecord).id);
    conversations.set(textOfRowKey(row.key), key);
    return [key, await seal(move, 'conversations', textOfKey(key), opened.inner)];
  },
  blocks: async (move, { key, value }, conversations) => {
    const [conversation] = key as BlockKey;
    const ref = refOfKey(key as BlockKey);
    const fresh = conversations.get(textOfKey(conversation));
    const inner = fresh && (await unsealInner(move.old, 'blocks', textOfBlockKey(conversation, ref), value));
    if (!fresh) return asItIs({ key, value });
    return [blockKey(fresh, ref), inner ? await seal(move, 'blocks', textOfBlockKey(fresh, ref), inner) : value];
  },
  outbox: async (move, row) => {
    const opened = await open(move, 'outbox', row);
    if (!opened) return asItIs(row);
    const key = await blindId(move.fresh, 'message', (opened.plain as OutboxRecord).id);
    return [key, await seal(move, 'outbox', textOfKey(key), opened.inner)];
  },
  keyring: async (move, row) => {
    const opened = await open(move, 'keyring', row);
    // Nobody could ask for it any more.
    if (!opened || !isNamed(opened.inner)) return undefined;
    const key = await blindId(move.fresh, 'key', (opened.plain as KeptKeys).name);
    return [key, await seal(move, 'keyring', textOfKey(key), opened.inner)];
  },
  // Pieces are found by their head; what nobody can find any more, or does not open, can be fetched again.
  files: async (move, { key, value }, known) => {
    const [kind, id, at] = key as unknown as FileKey;
    const inner = await unsealInner(move.old, 'files', textOfFileKey([kind, id, at]), value);
    if (inner && at === undefined) known.set(textOfKey(id), await blindId(move.fresh, 'file', (decodePlain(inner.bytes) as FileHead).name));
    const fresh = inner && known.get(textOfKey(id));
    if (!fresh) return undefined;
    const moved: IDBValidKey = at === undefined ? [kind, fresh] : [kind, fresh, at];
    return [moved, await seal(move, 'files', textOfFileKey([kind, fresh, at]), inner)];
  },
  facts: async (move, row, conversations) => {
    const opened = await open(move, 'facts', row);
    if (!opened) return asItIs(row);
    const { inner, plain } = opened;
    const bytes =
      row.key === SHOWN ? encodePlain(shownAnew(plain, conversations)) : row.key === 'epoch' ? encodePlain(move.epoch) : inner.bytes;
    return [row.key, await seal(move, 'facts', textOfRowKey(row.key), { ...inner, bytes })];
  },
};

export async function moveRows(move: RowMove): Promise<void> {
  const conversations = new Map<string, ArrayBuffer>();
  for (const [table, moveRow] of Object.entries(MOVES) as [Exclude<Table, 'keys'>, MoveRow][]) {
    const keys = await move.from.keys(table);
    for (let at = 0; at < keys.length; at += batchOf(table)) {
      const batch = keys.slice(at, at + batchOf(table));
      const values = await move.from.get(table, batch);
      const moved: (Moved | undefined)[] = [];
      const rows = batch.map((key, index) => ({ key, value: values[index] }));
      // A head and its pieces may stand in one batch.
      if (table === 'files') for (const row of rows) moved.push(await moveRow(move, row, conversations));
      else moved.push(...(await Promise.all(rows.map((row) => moveRow(move, row, conversations)))));
      const change: RowChange = { table, puts: moved.filter((row) => row !== undefined) };
      await move.to.write([change], 'relaxed');
    }
  }
}

/** Rows of somebody whose root stays as it is. */
export async function copyRows(from: AccountDatabase, to: AccountDatabase): Promise<void> {
  for (const table of TABLES) {
    const keys = await from.keys(table);
    for (let at = 0; at < keys.length; at += batchOf(table)) {
      const batch = keys.slice(at, at + batchOf(table));
      const values = await from.get(table, batch);
      await to.write([{ table, puts: batch.map((key, index) => [key, values[index]] as const) }], 'relaxed');
    }
  }
}

const asItIs = ({ key, value }: Row): Moved => [key, value];

async function open(move: RowMove, table: TableName, { key, value }: Row): Promise<{ inner: Inner; plain: unknown } | undefined> {
  const inner = await unsealInner(move.old, table, textOfRowKey(key), value);
  try {
    return inner && { inner, plain: decodePlain(await plainOf(inner)) };
  } catch {
    return undefined;
  }
}

const seal = (move: RowMove, table: TableName, key: string, inner: Inner): Promise<Uint8Array<ArrayBuffer>> =>
  sealInner(move.fresh, move.random, { table, key }, inner);

const shownAnew = (top: unknown, conversations: ReadonlyMap<string, ArrayBuffer>): string[] =>
  (Array.isArray(top) ? top : []).flatMap((key: string) => {
    const fresh = conversations.get(textOfKey(keyOfText(key)));
    return fresh ? [textOfKey(fresh)] : [];
  });
