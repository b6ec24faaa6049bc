// A disk that dies at a chosen write and stays dead until it is revived: every transaction that writes, every deletion counts as one.
import 'fake-indexeddb/auto';
import { IDBDatabase, IDBFactory } from 'fake-indexeddb';

export interface DyingDisk {
  /** The next life ends at this write, the first being 0. */
  dieAt(write: number): void;
  revive(): void;
  readonly isDead: boolean;
  restore(): void;
}

export function dyingDisk(): DyingDisk {
  const { transaction } = IDBDatabase.prototype;
  const { open, deleteDatabase } = IDBFactory.prototype;
  let left = Infinity;
  let isDead = false;
  const step = (isWrite: boolean): void => {
    if (isWrite && left-- <= 0) isDead = true;
    if (isDead) throw new DOMException('The disk is dead', 'UnknownError');
  };
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args: Parameters<typeof transaction>) {
    step(args[1] === 'readwrite');
    return transaction.apply(this, args);
  };
  IDBFactory.prototype.open = function (this: IDBFactory, ...args: Parameters<typeof open>) {
    step(false);
    return open.apply(this, args);
  };
  IDBFactory.prototype.deleteDatabase = function (this: IDBFactory, name: string) {
    step(true);
    return deleteDatabase.call(this, name);
  };
  return {
    dieAt(write) {
      left = write;
      isDead = false;
    },
    revive() {
      left = Infinity;
      isDead = false;
    },
    get isDead() {
      return isDead;
    },
    restore() {
      IDBDatabase.prototype.transaction = transaction;
      IDBFactory.prototype.open = open;
      IDBFactory.prototype.deleteDatabase = deleteDatabase;
    },
  };
}
