// One account's database through Dexie: opening with its trouble as values, reading rows, and writing batches in one transaction.
import { Dexie, cmp } from 'dexie/dist/modern/dexie.mjs';
import type { DBCore, Table as DexieTable, IndexableTypeArrayReadonly, Transaction } from 'dexie';
import type { Clock } from '../../base/clock.ts';
import { mendKeys } from './array-keys.ts';
import { MIGRATIONS, declareVersions } from './migrations.ts';
import type { Migration } from './migrations.ts';
import { FirstRows } from './first-rows.ts';
import { ROOT_KEY, TABLES } from './schema.ts';
import type { KeyRow, Table } from './schema.ts';
import { hasStores } from './idb.ts';

/** `blocked`: an older core keeps it open. `newer`: a newer one has already moved it on. `refused`: the browser forbids or cannot. */
export type OpenTrouble = 'blocked' | 'newer' | 'refused';

export interface RowChange {
  table: Table;
  puts?: readonly (readonly [key: IDBValidKey, value: unknown])[];
  deletes?: readonly IDBValidKey[];
  /** Before anything else. */
  clear?: boolean;
}

export interface Row {
  key: IDBValidKey;
  value: unknown;
}

const BLOCKED_AFTER_MS = 3000;

export class AccountDatabase {
  readonly #dexie: Dexie;
  /** Set once another core upgrades or deletes the database: it is then no longer ours. */
  taken = false;
  /** The browser closed it under us: what it holds must be looked at again. */
  shaken = false;
  /** A table was missing, so that it had to be made anew. */
  begunAnew = false;
  readonly #first = new FirstRows();

  private constructor(dexie: Dexie) {
    this.#dexie = dexie;
    dexie.on('versionchange', () => {
      this.taken = true;
      dexie.close();
      return false;
    });
  }

  static async open(
    databases: IDBFactory,
    name: string,
    clock: Clock,
    migrations: readonly Migration[] = MIGRATIONS,
    newborn?: KeyRow,
  ): Promise<AccountDatabase | OpenTrouble> {
    const dexie = new Dexie(name, { indexedDB: databases, IDBKeyRange, cache: 'disabled' });
    // What lets a page watch a query: nobody does, and every commit would be told to all tabs of the origin.
    for (const watch of ['Observability', 'Cache']) dexie.unuse({ stack: 'dbcore', name: watch });
    dexie.use({ stack: 'dbcore', name: 'durability', create: withDurability });
    declareVersions(dexie, migrations);
    const database = new AccountDatabase(dexie);
    // A new one gets its key with its tables. One that the browser takes away later comes back without, and that must be seen.
    const bear = (transaction: Transaction): void => {
      void transaction.table('keys').add(newborn, ROOT_KEY);
      if (newborn) database.#first.born(newborn);
    };
    if (newborn) dexie.on('populate', bear);
    const trouble = await inTime(dexie, clock, database.#open(migrations.at(-1)?.version ?? 0));
    dexie.on('populate').unsubscribe(bear);
    if (trouble) dexie.close();
    else database.#watchClose();
    return trouble ?? database;
  }

  /** Values in the order of the keys, undefined for what is not there. */
  get(table: Table, keys: readonly IDBValidKey[]): Promise<unknown[]> {
    return Promise.resolve(this.#first.get(table, keys) ?? this.#table(table).bulkGet([...keys]));
  }

  async rows(table: Table): Promise<readonly Row[]> {
    const first = this.#first.takeAll(table);
    if (first) return first;
    const [keys, values] = await this.#dexie.transaction('r', table, () => {
      const all = this.#table(table).toCollection();
      return Promise.all([all.clone().primaryKeys(), all.toArray()]);
    });
    return keys.map((key, at) => ({ key, value: values[at] }));
  }

  async keys(table: Table, from?: IDBValidKey, to?: IDBValidKey): Promise<readonly IDBValidKey[]> {
    if (this.#first.isEmpty(table)) return [];
    const rows = this.#table(table);
    const found = await (from === undefined ? rows.toCollection() : rows.where(':id').between(from, to, true, true)).primaryKeys();
    return mendKeys(found, cmp);
  }

  /** Not to be believed where they are not as many as were asked for, or do not open: see `array-keys.ts`. */
  values(table: Table, from: IDBValidKey, to: IDBValidKey): Promise<unknown[]> {
    return Promise.resolve(this.#table(table).where(':id').between(from, to, true, true).toArray());
  }

  /** All of it or nothing. `strict` takes the table of keys into the transaction: that is how `withDurability` knows. */
  async write(given: readonly RowChange[], durability: 'strict' | 'relaxed'): Promise<void> {
    const changes = given.filter(({ puts = [], deletes = [], clear }) => clear || puts.length + deletes.length > 0);
    const tables = new Set(changes.map(({ table }) => table));
    if (durability === 'strict') tables.add('keys');
    if (tables.size === 0) return;
    let raw: IDBTransaction | undefined;
    try {
      await this.#dexie.transaction('rw', [...tables], async (transaction) => {
        raw = transaction.idbtrans;
        await Promise.all(changes.map((change) => this.#apply(change)));
      });
      this.#first.wrote(changes);
    } catch (error) {
      this.#first.forget();
      // Whichever request fails first only hears that all was undone; the cause stands on the transaction.
      throw raw?.error ?? error;
    }
  }

  close(): void {
    this.taken = true;
    this.#dexie.close();
  }

  /** In turn: a row may be dropped and written again under the same key. */
  async #apply({ table, puts = [], deletes = [], clear = false }: RowChange): Promise<void> {
    const rows = this.#table(table);
    if (clear) await rows.clear();
    if (deletes.length > 0) await rows.bulkDelete([...deletes]);
    if (puts.length === 0) return;
    const values: unknown[] = puts.map(([, value]) => value);
    await rows.bulkPut(values, puts.map(([key]) => key) as IndexableTypeArrayReadonly);
  }

  /** Dexie adds tables that are missing, and makes a version between two of ours: what stood in them cannot be told from what never was. */
  async #open(ours: number): Promise<OpenTrouble | undefined> {
    await this.#dexie.open();
    const database = this.#dexie.backendDB();
    if (database.version >= (ours + 1) * 10) return 'newer';
    if (database.version === ours * 10 && hasStores(database, TABLES)) {
      if (!this.#first.isEmpty('facts')) await this.#first.read(database);
      return undefined;
    }
    this.begunAnew = true;
    await this.#dexie.delete();
    await this.#dexie.open();
    return undefined;
  }

  #table(name: Table): DexieTable<unknown, IDBValidKey> {
    return this.#dexie.table<unknown, IDBValidKey>(name);
  }

  #watchClose(): void {
    this.#dexie.on('close', () => {
      this.#first.forget();
      this.shaken = true;
    });
  }
}

/** Writing to the table of keys waits for the disk, everything else for the operating system. */
function withDurability(core: DBCore): DBCore {
  return {
    ...core,
    transaction: (tables, mode) => core.transaction(tables, mode, { durability: tables.includes('keys') ? 'strict' : 'relaxed' }),
  };
}

/** Whoever else has it open may take a moment to let go. */
function inTime(dexie: Dexie, clock: Clock, opening: Promise<OpenTrouble | undefined>): Promise<OpenTrouble | undefined> {
  return new Promise((resolve) => {
    let cancel: (() => void) | undefined;
    dexie.on('blocked', () => {
      cancel ??= clock.after(BLOCKED_AFTER_MS, () => {
        dexie.close();
        resolve('blocked');
      });
      return false;
    });
    const settle = (trouble: OpenTrouble | undefined): void => {
      cancel?.();
      resolve(trouble);
    };
    opening.then(settle, () => settle('refused'));
  });
}
