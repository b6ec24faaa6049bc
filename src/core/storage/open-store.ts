// Opening the store of one account: its key, its sentinel, and every trouble as a value.
import { failed, succeeded } from '../../model/failure.ts';
import type { Answer } from '../../model/failure.ts';
import type { OpenedStore, Rollback, World } from '../ports.ts';
import { AccountDatabase } from './account-database.ts';
import type { RowChange } from './account-database.ts';
import { openDrawer, renewDrawer } from './drawer.ts';
import { openMemoryStore } from './memory-store.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Migration } from './migrations.ts';
import { accountName, registryName } from './names.ts';
import type { StoreNames } from './names.ts';
import { ROOT_KEY, TABLES, isKeyRow, isUnknownKeyRow } from './schema.ts';
import type { KeyRow } from './schema.ts';
import { SealedStore } from './sealed-store.ts';
import type { Opening } from './sealed-store.ts';
import { Sentinel, fileEpochs, judgeEpochs, registryEpochs } from './sentinel.ts';
import { readFact } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { nameOfError } from './error-name.ts';
import { isDiskTrouble } from './storage-errors.ts';
import { mintRoot, openVault } from './vault.ts';

export type StorageWorld = Pick<World, 'databases' | 'subtle' | 'random' | 'clock' | 'log' | 'files' | 'buckets'>;

/** Where the browser forbids storage the answer is a store in memory, whose state says so. */
export async function openStore(
  world: StorageWorld,
  names: StoreNames,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Answer<OpenedStore>> {
  const databases = await openDrawer(world, names);
  if (!databases) return succeeded(openMemoryStore());
  const name = accountName(names);
  const sentinel = await openSentinel(world, databases, names);
  const newborn: KeyRow = { mode: 'none', root: await mintRoot(world.subtle, world.random) };
  const opening = AccountDatabase.open(databases, name, world.clock, migrations, newborn);
  const [database, known] = await Promise.all([opening, sentinel.known()]);
  if (database === 'blocked') return failed({ kind: 'reload-needed', older: 'tab' });
  if (database === 'newer') return failed({ kind: 'reload-needed', older: 'core' });
  if (database === 'refused') return (await renewDrawer(world, names)) ? openStore(world, names, migrations) : memoryInstead(world);
  try {
    const opening = await takeUp(world, name, database, sentinel, known);
    if (!opening) return leaveAlone(database);
    const store = new SealedStore(opening);
    store.begin();
    return succeeded(store);
  } catch (error) {
    database.close();
    if (!isDiskTrouble(error)) throw error;
    world.log.error('storage: the database cannot be used', { why: nameOfError(error) });
    return memoryInstead(world);
  }
}

/** The places that remember an account's epoch beside its own database. */
export async function openSentinel(world: StorageWorld, databases: IDBFactory, names: StoreNames): Promise<Sentinel> {
  const keepers = [registryEpochs(databases, registryName(names))];
  if (world.files) keepers.push(fileEpochs(world.files));
  return new Sentinel(keepers, accountName(names), world);
}

/** Undefined where a later version holds the key in its own way. */
async function takeUp(
  world: StorageWorld,
  name: string,
  database: AccountDatabase,
  sentinel: Sentinel,
  known: number,
): Promise<Opening | undefined> {
  const [row] = await database.get('keys', [ROOT_KEY]);
  if (isUnknownKeyRow(row)) return undefined;
  const { keyRow, lost } = isKeyRow(row) ? { keyRow: row, lost: false } : await mintKey(world, database);
  const vault = openVault(world.subtle, name, keyRow.root);
  const shelf: Shelf = { database, vault, random: world.random, log: world.log, losses: [], mends: new Map() };
  const fact = await readFact(shelf, 'epoch');
  const found = typeof fact === 'number' ? fact : 0;
  const anew: Rollback | undefined = database.begunAnew ? 'history-lost' : judgeEpochs(found, known);
  const rolledBack = lost ? 'key-lost' : anew;
  if (rolledBack) world.log.error('storage: the disk gave back less than it had taken', { rolledBack, found, known });
  return { shelf, keyRow, sentinel, epoch: Math.max(found, known), rolledBack };
}

/** Rows without their key are noise: they go before a new key comes. */
async function mintKey(world: StorageWorld, database: AccountDatabase): Promise<{ keyRow: KeyRow; lost: boolean }> {
  const leftovers = await Promise.all(TABLES.map((table) => database.keys(table)));
  const keyRow: KeyRow = { mode: 'none', root: await mintRoot(world.subtle, world.random) };
  const changes: RowChange[] = TABLES.map((table) => ({ table, clear: true, puts: table === 'keys' ? [[ROOT_KEY, keyRow]] : [] }));
  await database.write(changes, 'strict');
  return { keyRow, lost: leftovers.some((keys) => keys.length > 0) };
}

function leaveAlone(database: AccountDatabase): Answer<OpenedStore> {
  database.close();
  return failed({ kind: 'reload-needed', older: 'core' });
}

function memoryInstead({ log }: StorageWorld): Answer<OpenedStore> {
  log.info('storage: forbidden here, everything stays in memory');
  return succeeded(openMemoryStore());
}
