// The database's versions: a list that only grows. What was released is never edited; a change is a new step.
import type { Dexie, Transaction } from 'dexie';
import type { Table } from './schema.ts';

/**
 * The browser runs all steps a database lacks in one transaction: an interrupted upgrade leaves the old version whole, and the next
 * start begins it again. A step cannot open seals (cryptography outlasts that transaction): a new inner format gets a first byte of its
 * own, is read beside the old one, and compaction rewrites what it meets.
 */
export interface Migration {
  version: number;
  /** Keys lie outside the rows everywhere; null drops a table. */
  stores: Partial<Record<Table, '' | null>>;
  upgrade?: (transaction: Transaction) => PromiseLike<unknown>;
}

export const MIGRATIONS: readonly Migration[] = [
  { version: 1, stores: { keys: '', facts: '', conversations: '', blocks: '', outbox: '' } },
  { version: 2, stores: { keyring: '' } },
  { version: 3, stores: { files: '' } },
];

export function declareVersions(database: Dexie, migrations: readonly Migration[]): void {
  for (const { version, stores, upgrade } of migrations) {
    const declared = database.version(version).stores(stores);
    if (upgrade) declared.upgrade(upgrade);
  }
}
