// What is asked for first, one question after the other: read in one transaction at the opening, and not at all where it was only just made.
import { resultOf } from './idb.ts';
import { ROOT_KEY, TABLES } from './schema.ts';
import type { KeyRow, Table } from './schema.ts';

/** Small tables, each of which is wanted at every start. */
const WANTED = ['keys', 'facts', 'conversations', 'outbox'] as const;

interface Written {
  table: Table;
  puts?: readonly (readonly [key: IDBValidKey, value: unknown])[];
  deletes?: readonly IDBValidKey[];
}

export class FirstRows {
  readonly #tables = new Map<Table, Map<IDBValidKey, unknown>>();

  /** A database that was made just now holds its key and nothing else. */
  born(newborn: KeyRow): void {
    for (const table of TABLES) this.#tables.set(table, new Map());
    this.#tables.get('keys')?.set(ROOT_KEY, newborn);
  }

  /** What cannot be read here is asked for again, and complained of then. */
  async read(database: IDBDatabase): Promise<void> {
    const transaction = database.transaction(WANTED);
    const readTable = async (table: Table): Promise<void> => {
      const store = transaction.objectStore(table);
      const [keys, values] = await Promise.all([resultOf(store.getAllKeys()), resultOf<unknown[]>(store.getAll())]);
      this.#tables.set(table, new Map(keys.map((key, at) => [key, values[at]])));
    };
    await Promise.all(WANTED.map(readTable)).catch(() => this.forget());
  }

  /** By names; undefined where the disk must be asked. */
  get(table: Table, keys: readonly IDBValidKey[]): unknown[] | undefined {
    const rows = this.#tables.get(table);
    return rows && keys.every((key) => rows.size === 0 || typeof key === 'string') ? keys.map((key) => rows.get(key)) : undefined;
  }

  /** Once: whoever asks again wants to know what the disk says by then. */
  takeAll(table: Table): { key: IDBValidKey; value: unknown }[] | undefined {
    const rows = this.#tables.get(table);
    this.#tables.delete(table);
    return rows && [...rows].map(([key, value]) => ({ key, value }));
  }

  isEmpty(table: Table): boolean {
    return this.#tables.get(table)?.size === 0;
  }

  /** Facts follow what is written while the rest is being asked for; with the first conversation that is over. */
  wrote(changes: readonly Written[]): void {
    if (changes.some(({ table }) => table !== 'facts')) return this.forget();
    const facts = this.#tables.get('facts');
    for (const { puts = [], deletes = [] } of facts ? changes : []) {
      for (const key of deletes) facts?.delete(key);
      for (const [key, value] of puts) facts?.set(key, value);
    }
  }

  forget(): void {
    this.#tables.clear();
  }
}
