// What every part of the sealed store works with, and sealing of whole records.
import type { KeptKeys, Log, StoredGap, StoredLoss } from '../ports.ts';
import type { AccountDatabase, RowChange } from './account-database.ts';
import { decodePlain, encodePlain } from './plain.ts';
import { blindId, isNamed, sealRow, textOfKey, unsealInner, unsealRow } from './vault.ts';
import type { Random, TableName, Vault } from './vault.ts';

export interface Shelf {
  readonly database: AccountDatabase;
  readonly vault: Vault;
  readonly random: Random;
  readonly log: Log;
  readonly losses: StoredLoss[];
  /** What the records of conversations must say since something of them was lost, by their keys as text. */
  readonly mends: Map<string, Mend>;
}

export interface Mend {
  gaps: readonly StoredGap[];
  isIncomplete: boolean;
}

export type RecordTable = 'facts' | 'conversations' | 'outbox' | 'keyring';

/** The key of a row as text: what its seal is bound to. */
export function textOfRowKey(key: IDBValidKey): string {
  if (key instanceof ArrayBuffer) return textOfKey(key);
  return typeof key === 'string' ? key : JSON.stringify(key);
}

export const sealRecord = (shelf: Shelf, table: TableName, key: IDBValidKey, record: unknown): Promise<Uint8Array<ArrayBuffer>> =>
  sealRow(shelf.vault, shelf.random, { table, key: textOfRowKey(key), bytes: encodePlain(record) });

export async function openRecord(vault: Vault, table: TableName, key: IDBValidKey, sealed: unknown): Promise<unknown> {
  const bytes = await unsealRow(vault, table, textOfRowKey(key), sealed);
  return bytes && decodePlain(bytes);
}

/** Every record of a table. What cannot be opened is dropped and told as a loss: it would fail at every start. */
export async function readRecords(shelf: Shelf, table: 'conversations' | 'outbox'): Promise<unknown[]> {
  const rows = await shelf.database.rows(table);
  const records = await Promise.all(rows.map(({ key, value }) => openRecord(shelf.vault, table, key, value)));
  const broken = rows.filter((_, at) => records[at] === undefined);
  if (broken.length > 0)
    await giveUpRows(
      shelf,
      table,
      broken.map(({ key }) => key),
    );
  return records.filter((record) => record !== undefined);
}

export async function readFact(shelf: Shelf, name: string): Promise<unknown> {
  const [sealed] = await shelf.database.get('facts', [name]);
  if (sealed === undefined) return undefined;
  const value = await openRecord(shelf.vault, 'facts', name, sealed);
  if (value === undefined) await giveUpRows(shelf, 'facts', [name]);
  return value;
}

/** Of a key not even the name may be read: it says with whom this account writes. */
export async function readKept(shelf: Shelf, name: string): Promise<unknown> {
  const key = await blindId(shelf.vault, 'key', name);
  const [sealed] = await shelf.database.get('keyring', [key]);
  if (sealed === undefined) return undefined;
  const inner = await unsealInner(shelf.vault, 'keyring', textOfRowKey(key), sealed);
  if (!inner) {
    await giveUpRows(shelf, 'keyring', [key]);
    return undefined;
  }
  const value = decodePlain(inner.bytes);
  return isNamed(inner) ? (value as KeptKeys).value : value;
}

/** With its name inside: whoever gives the account another root must know what to look for under the new one. */
export const sealKept = (shelf: Shelf, key: ArrayBuffer, kept: KeptKeys): Promise<Uint8Array<ArrayBuffer>> =>
  sealRow(shelf.vault, shelf.random, { table: 'keyring', key: textOfRowKey(key), bytes: encodePlain(kept), named: true });

/** Blinding costs a signature: conversations are met again and again. */
export function conversationKeys(vault: Vault): (conversation: string) => Promise<ArrayBuffer> {
  const known = new Map<string, Promise<ArrayBuffer>>();
  return (conversation) => {
    const key = known.get(conversation) ?? blindId(vault, 'conversation', conversation);
    known.set(conversation, key);
    return key;
  };
}

const LOST = { facts: 'fact', conversations: 'conversation', outbox: 'outbox', keyring: 'keys' } as const satisfies Record<
  RecordTable,
  StoredLoss['what']
>;

async function giveUpRows(shelf: Shelf, table: RecordTable, keys: readonly IDBValidKey[]): Promise<void> {
  for (let left = keys.length; left > 0; left--) shelf.losses.push({ what: LOST[table], why: 'unreadable' });
  shelf.log.error('storage: rows could not be opened', { table, count: keys.length });
  const blocks = table === 'conversations' ? await blocksUnder(shelf, keys) : [];
  const changes: RowChange[] = [
    { table, deletes: keys },
    { table: 'blocks', deletes: blocks },
  ];
  await shelf.database.write(changes, 'relaxed').catch(() => undefined);
}

/** Messages without their conversation have no place any more: they would lie in the way of those that come again. */
async function blocksUnder({ database }: Shelf, conversations: readonly IDBValidKey[]): Promise<IDBValidKey[]> {
  const found = await Promise.all(conversations.map((key) => database.keys('blocks', [key], [key, []])));
  return found.flat();
}
