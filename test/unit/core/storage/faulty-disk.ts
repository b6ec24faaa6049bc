// A disk that fails at will: fake databases whose transactions run full, and a count of what was asked of them.
import 'fake-indexeddb/auto';

export interface FaultyDisk {
  /** Asked at every row that is put; true undoes the whole transaction as a full disk does. */
  full: (store: string, key: IDBValidKey) => boolean;
  /** Every transaction since the last `clear`. */
  transactions: { mode: IDBTransactionMode; durability: string; stores: string[]; database: string }[];
  /** Every open connection by database name. */
  connections(name: string): IDBDatabase[];
  restore(): void;
}

export function faultyDisk(): FaultyDisk {
  const { put } = IDBObjectStore.prototype;
  const { transaction } = IDBDatabase.prototype;
  const seen = new Set<IDBDatabase>();
  const disk: FaultyDisk = {
    full: () => false,
    transactions: [],
    connections: (name) => [...seen].filter((database) => database.name === name),
    restore() {
      IDBObjectStore.prototype.put = put;
      IDBDatabase.prototype.transaction = transaction;
    },
  };
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
    const request = put.call(this, value, key);
    if (key !== undefined && disk.full(this.name, key)) undo(this.transaction);
    return request;
  };
  IDBDatabase.prototype.transaction = function (
    this: IDBDatabase,
    stores: string | Iterable<string>,
    mode?: IDBTransactionMode,
    options?: IDBTransactionOptions,
  ) {
    seen.add(this);
    const names = typeof stores === 'string' ? [stores] : [...stores];
    disk.transactions.push({ mode: mode ?? 'readonly', durability: options?.durability ?? 'default', stores: names, database: this.name });
    return transaction.call(this, stores, mode, options);
  };
  return disk;
}

const undone = new WeakSet<IDBTransaction>();

/** As browsers do it: the transaction carries the cause, its requests only hear that it was undone. */
function undo(transaction: IDBTransaction): void {
  if (undone.has(transaction)) return;
  undone.add(transaction);
  queueMicrotask(() => (transaction as unknown as { _abort(name: string): void })._abort('QuotaExceededError'));
}
