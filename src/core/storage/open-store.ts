// Opening the store of one account: its key, its sentinel, and every trouble as a value.
import { failed, succeeded } from '../../model/failure.ts';
import type { Answer } from '../../model/failure.ts';
import type { CoreIdentity } from '../../contracts/port.ts';
import type { OpenedStore, Rollback, World } from '../ports.ts';
import { AccountDatabase } from './account-database.ts';
import type { RowChange } from './account-database.ts';
import type { Drawer } from './drawer.ts';
import { openMemoryStore } from './memory-store.ts';
import { renewDrawer } from './make-drawer.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Migration } from './migrations.ts';
import { accountName, registryName } from './names.ts';
import type { StoreNames } from './names.ts';
import { openDrawer } from './registry.ts';
import { ROOT_KEY, TABLES, isKeyRow, isWrappedKeyRow } from './schema.ts';
import type { BareKeyRow, KeyRow, LockRow } from './schema.ts';
import { SealedStore } from './sealed-store.ts';
import type { Opening } from './sealed-store.ts';
import { Sentinel, fileEpochs, judgeEpochs, registryEpochs } from './sentinel.ts';
import { readFact } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { nameOfError } from './error-name.ts';
import { isDiskTrouble } from './storage-errors.ts';
import { mintRoot, openVault } from './vault.ts';
import type { Root } from './vault.ts';

export type StorageWorld = Pick<World, 'databases' | 'subtle' | 'random' | 'clock' | 'log' | 'files' | 'buckets'>;

/** A root that a secret has opened, and the row it lies in. */
export interface OpenedLock {
  row: LockRow;
  root: Root;
}

/** What whoever opens a store knows already. */
export interface KnownOfStore {
  drawer?: Drawer | undefined;
  lock?: OpenedLock | undefined;
}

/** Where the browser forbids storage the answer is a store in memory, whose state says so. */
export async function openStore(
  world: StorageWorld,
  names: StoreNames,
  migrations: readonly Migration[] = MIGRATIONS,
  known: KnownOfStore = {},
): Promise<Answer<OpenedStore>> {
  const drawer = known.drawer ?? (await openDrawer(world, names));
  if (!drawer) return succeeded(openMemoryStore());
  const name = accountName(names);
  const sentinel = openSentinel(world, drawer, names, name);
  const newborn = known.lock?.row ?? (await mintBare(world));
  const opening = AccountDatabase.open(drawer.databases, name + drawer.suffix, world.clock, migrations, newborn);
  const [database, epoch] = await Promise.all([opening, sentinel.known()]);
  if (database === 'blocked') return failed({ kind: 'reload-needed', older: 'tab' });
  if (database === 'newer') return failed({ kind: 'reload-needed', older: 'core' });
  if (database === 'refused')
    return (await renewDrawer(world, names, drawer.suffix)) ? openStore(world, names, migrations) : memoryInstead(world);
  try {
    const opening = await takeUp(world, name, database, sentinel, epoch, known.lock);
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
export function openSentinel(world: StorageWorld, { databases, suffix }: Drawer, identity: CoreIdentity, account: string): Sentinel {
  const keepers = [registryEpochs(databases, registryName(identity) + suffix)];
  if (world.files) keepers.push(fileEpochs(world.files));
  return new Sentinel(keepers, account, world);
}

const mintBare = async ({ subtle, random }: StorageWorld): Promise<BareKeyRow> => ({ mode: 'none', root: await mintRoot(subtle, random) });
const asHeld = (row: BareKeyRow): { row: KeyRow; root: Root } => ({ row, root: row.root });

/** Undefined where the root is locked away, or held in a way only a later version knows. */
async function takeUp(
  world: StorageWorld,
  name: string,
  database: AccountDatabase,
  sentinel: Sentinel,
  known: number,
  lock: OpenedLock | undefined,
): Promise<Opening | undefined> {
  const [row] = await database.get('keys', [ROOT_KEY]);
  if (isWrappedKeyRow(row) && !lock) return undefined;
  const isThere = lock ? isWrappedKeyRow(row) : isKeyRow(row);
  const held = lock ?? asHeld(isKeyRow(row) ? row : await mintBare(world));
  const lost = !isThere && (await renewKey(database, held.row));
  const vault = openVault(world.subtle, name, held.root);
  const shelf: Shelf = { database, vault, random: world.random, log: world.log, losses: [], mends: new Map() };
  const fact = await readFact(shelf, 'epoch');
  const found = typeof fact === 'number' ? fact : 0;
  const anew: Rollback | undefined = database.begunAnew ? 'history-lost' : judgeEpochs(found, known);
  const rolledBack = lost ? 'key-lost' : anew;
  if (rolledBack) world.log.error('storage: the disk gave back less than it had taken', { rolledBack, found, known });
  return { shelf, keyRow: held.row, sentinel, epoch: Math.max(found, known), rolledBack };
}

/** Rows without their key are noise: they go before a new key comes. */
async function renewKey(database: AccountDatabase, row: KeyRow): Promise<boolean> {
  const leftovers = await Promise.all(TABLES.map((table) => database.keys(table)));
  const changes: RowChange[] = TABLES.map((table) => ({ table, clear: true, puts: table === 'keys' ? [[ROOT_KEY, row]] : [] }));
  await database.write(changes, 'strict');
  return leftovers.some((keys) => keys.length > 0);
}

function leaveAlone(database: AccountDatabase): Answer<OpenedStore> {
  database.close();
  return failed({ kind: 'reload-needed', older: 'core' });
}

function memoryInstead({ log }: StorageWorld): Answer<OpenedStore> {
  log.info('storage: forbidden here, everything stays in memory');
  return succeeded(openMemoryStore());
}
