// IndexedDB as promises, no more than the first stage and the registry need.

export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new DOMException('The request failed', 'UnknownError')));
  });
}

/** Settles when the transaction is on its way to the disk, or has been undone. */
export function completionOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new DOMException('The transaction was undone', 'AbortError')));
  });
}

/** Opens what is there, in whatever version, and creates nothing. */
export async function openExisting(databases: IDBFactory, name: string): Promise<IDBDatabase | undefined> {
  const request = databases.open(name);
  let missing = false;
  request.onupgradeneeded = () => {
    missing = true;
    request.transaction?.abort();
  };
  try {
    return closingOnChange(await resultOf(request));
  } catch (error) {
    if (!missing) throw error;
    await removeShell(databases, name);
    return undefined;
  }
}

/** WebKitGTK 2.50 keeps an empty database of version 0 where the making of one was undone; the others keep nothing. */
async function removeShell(databases: IDBFactory, name: string): Promise<void> {
  const listed = await databases.databases();
  if (listed.some((entry) => entry.name === name && !entry.version)) await deleteDatabase(databases, name);
}

export const hasStores = ({ objectStoreNames }: IDBDatabase, names: readonly string[]): boolean =>
  names.every((name) => objectStoreNames.contains(name));

/** One that lacks a store is damaged: it is made anew. `made` hears that there was none. */
export async function openOrCreate(
  databases: IDBFactory,
  name: string,
  stores: readonly string[],
  made?: () => void,
): Promise<IDBDatabase> {
  const request = databases.open(name, 1);
  request.onupgradeneeded = () => {
    stores.forEach((store) => request.result.createObjectStore(store));
    made?.();
  };
  const database = closingOnChange(await resultOf(request));
  if (hasStores(database, stores)) return database;
  database.close();
  await deleteDatabase(databases, name);
  return openOrCreate(databases, name, stores, made);
}

/** Settles as well when another holder keeps the database open: it is then deleted once that one lets go. */
export function deleteDatabase(databases: IDBFactory, name: string): Promise<'deleted' | 'blocked'> {
  return new Promise((resolve, reject) => {
    const request = databases.deleteDatabase(name);
    request.addEventListener('success', () => resolve('deleted'));
    request.addEventListener('blocked', () => resolve('blocked'));
    request.addEventListener('error', () => reject(request.error ?? new DOMException('The database cannot be deleted', 'UnknownError')));
  });
}

function closingOnChange(database: IDBDatabase): IDBDatabase {
  database.onversionchange = () => database.close();
  return database;
}
