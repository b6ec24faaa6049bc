// The rollback sentinel: a count that grows with the store, remembered in second places that are not lost together with it.
import type { Clock } from '../../base/clock.ts';
import type { Log, Rollback } from '../ports.ts';
import { completionOf, openOrCreate, resultOf } from './idb.ts';
import { REGISTRY_STORES } from './find-last.ts';

/** A second place. Names are digests. */
export interface EpochKeeper {
  read(account: string): Promise<number | undefined>;
  write(account: string, epoch: number): Promise<void>;
  forget(account: string): Promise<void>;
}

/** Anything else is damage, and would be believed for ever. */
const asEpoch = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;

/** In the registry: a database of its own, in Firefox and Safari also a file of its own. */
export function registryEpochs(databases: IDBFactory, registry: string): EpochKeeper {
  const run = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> => {
    let isNew = false;
    const database = await openOrCreate(databases, registry, REGISTRY_STORES, () => (isNew = true));
    try {
      if (isNew && mode === 'readonly') return undefined;
      const transaction = database.transaction('epochs', mode);
      const [result] = await Promise.all([resultOf(work(transaction.objectStore('epochs'))), completionOf(transaction)]);
      return result;
    } finally {
      database.close();
    }
  };
  return {
    read: async (account) => asEpoch(await run<unknown>('readonly', (store) => store.get(account))),
    write: async (account, epoch) => void (await run('readwrite', (store) => store.put(epoch, account))),
    forget: (account) => run('readwrite', (store) => store.delete(account)),
  };
}

/** In the origin private file system: Chromium keeps all databases of an origin in one place and loses them together. */
export function fileEpochs(root: () => Promise<FileSystemDirectoryHandle>): EpochKeeper {
  const fileName = (account: string): string => `${account}.epoch`;
  return {
    read: async (account) => {
      const handle = await (await root()).getFileHandle(fileName(account)).catch(() => undefined);
      if (!handle) return undefined;
      return asEpoch(Number(await (await handle.getFile()).text()));
    },
    write: async (account, epoch) => {
      const handle = await (await root()).getFileHandle(fileName(account), { create: true });
      const file = await handle.createWritable();
      await file.write(String(epoch));
      await file.close();
    },
    forget: async (account) => (await root()).removeEntry(fileName(account)).catch(() => undefined),
  };
}

/** Writing into the second places costs more than the commit itself: they follow once in a while, and when the store is closed. */
const LAG_MS = 1_000;
/** The first soon: who closes the browser a moment after signing in shall hear of it too when the history is lost. */
const FIRST_LAG_MS = 200;

export class Sentinel {
  readonly #keepers: readonly EpochKeeper[];
  readonly #account: string;
  readonly #clock: Clock;
  readonly #log: Log;
  #wanted = 0;
  #written = 0;
  #writing: Promise<void> | undefined;
  #cancelWait: (() => void) | undefined;

  constructor(keepers: readonly EpochKeeper[], account: string, { clock, log }: { clock: Clock; log: Log }) {
    this.#keepers = keepers;
    this.#account = account;
    this.#clock = clock;
    this.#log = log;
  }

  /** The furthest any second place knows of. */
  async known(): Promise<number> {
    const read = await Promise.all(this.#keepers.map((keeper) => keeper.read(this.#account).catch(() => undefined)));
    return Math.max(0, ...read.map((epoch) => epoch ?? 0));
  }

  /** Told only after the store itself has taken the epoch: the second place may lag behind, never lead. */
  raise(epoch: number): void {
    this.#wanted = Math.max(this.#wanted, epoch);
    this.#cancelWait ??= this.#clock.after(this.#written === 0 ? FIRST_LAG_MS : LAG_MS, () => void this.settled());
  }

  /** Nothing lags behind any more. */
  async settled(): Promise<void> {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    while (this.#written < this.#wanted) await (this.#writing ??= this.#write());
  }

  async forget(): Promise<void> {
    await Promise.all(this.#keepers.map((keeper) => keeper.forget(this.#account).catch(() => undefined)));
  }

  async #write(): Promise<void> {
    const epoch = this.#wanted;
    await Promise.all(this.#keepers.map((keeper) => keeper.write(this.#account, epoch).catch(() => this.#complain())));
    this.#written = epoch;
    this.#writing = undefined;
  }

  #complain(): void {
    this.#log.info('storage: a second place did not take the epoch');
  }
}

/** `found` is what the store itself remembers, `known` what the second places do. */
export function judgeEpochs(found: number, known: number): Rollback | undefined {
  if (known <= found) return undefined;
  return found === 0 ? 'history-lost' : 'older-copy';
}
