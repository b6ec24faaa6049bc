// Setting, changing and taking off the lock, killed at every write: whatever is found then is all of the account, held one way or the other.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import type { OpenedStore, World } from '../../../../src/core/ports.ts';
import { AccountLock } from '../../../../src/core/session/account-lock.ts';
import { registryName, type StoreNames } from '../../../../src/core/storage/names.ts';
import { openStore, type OpenedLock, type StorageWorld } from '../../../../src/core/storage/open-store.ts';
import { findLast } from '../../../../src/core/storage/find-last.ts';
import { rememberAccount } from '../../../../src/core/storage/registry.ts';
import { MEI, contents, fill, openUnlocked, planOf, relock } from '../../../storage/lock-suite.ts';
import { freshNames, makeWorld, openFor, type TestWorld } from '../../../storage/world.ts';
import { dyingDisk, type DyingDisk } from './dying-disk.ts';
import { fakeBuckets } from './fake-buckets.ts';

/** More writes than any change makes. */
const MOST_WRITES = 60;

let disk: DyingDisk;
beforeEach(() => {
  disk = dyingDisk();
});
afterEach(() => disk.restore());

type Held = 'bare' | 'locked';
interface Case {
  before: Held;
  after: Held;
}

const CASES: readonly Case[] = [
  { before: 'bare', after: 'locked' },
  { before: 'locked', after: 'locked' },
  { before: 'locked', after: 'bare' },
];

for (const places of ['databases', 'buckets'] as const)
  for (const { before, after } of places === 'databases' ? CASES : CASES.slice(0, 1))
    void describe(`from ${before} to ${after} in ${places}`, () => {
      void test('at whatever write it dies, the account is whole and nothing lies twice', async () => {
        const seen = new Set<string>();
        for (let write = 0; ; write += 1) {
          assert.ok(write < MOST_WRITES, 'it comes to its end');
          const story = await begin(places, before);
          const expected = await story.contents();
          disk.dieAt(write);
          const failed = await relock(story.world, story.names, after === 'locked' ? planOf('new') : undefined, story.lock).then(
            () => undefined,
            (error: unknown) => error,
          );
          const { isDead } = disk;
          disk.revive();
          seen.add(await judge(story, expected, after));
          if (!isDead) {
            assert.equal(failed, undefined);
            break;
          }
        }
        assert.ok(seen.has('old') && seen.has('new'), `both ends were met: ${[...seen].join(', ')}`);
      });
    });

interface Story {
  world: TestWorld & StorageWorld;
  names: StoreNames;
  lock: OpenedLock | undefined;
  contents(): Promise<unknown>;
}

async function begin(places: 'databases' | 'buckets', held: Held): Promise<Story> {
  const world = { ...makeWorld(new IDBFactory()), ...(places === 'buckets' ? { buckets: fakeBuckets() } : {}) };
  const names = freshNames(MEI.address);
  const store = await openFor(world, names);
  await rememberAccount(world, names, MEI);
  await fill(store, 50);
  const whole = await contents(store);
  await store.close();
  const lock = held === 'locked' ? await relock(world, names, planOf('old')) : undefined;
  return { world, names, lock, contents: () => Promise.resolve(whole) };
}

/** As the next start does it: who is here, what is left over goes, all of it is read. */
async function judge({ world, names, lock }: Story, expected: unknown, after: Held): Promise<'old' | 'new'> {
  const found = await new AccountLock(world as unknown as World, names).find();
  assert.ok(found, 'somebody is here');
  const isLocked = found === 'locked';
  const { store, how } = isLocked ? await openEither(world, names) : { store: await openBare(world, names), how: 'bare' };
  assert.deepEqual(await contents(store), expected);
  assert.deepEqual([store.rolledBack, store.losses()], [undefined, []]);
  await store.close();
  const isNew = after === 'bare' ? !isLocked : how === 'new';
  // Only what is sealed under a lock may lie about until the next change.
  if (isLocked) assert.equal(await bareElsewhere(world, names), false, 'nothing lies beside it that anybody can read');
  return isNew ? 'new' : lock || !isLocked ? 'old' : 'new';
}

async function openBare(world: StorageWorld, names: StoreNames): Promise<OpenedStore> {
  const found = await findLast(world, names);
  const store = await openStore(world, names, undefined, { drawer: found?.drawer });
  assert.ok(store.ok);
  return store.value;
}

async function openEither(world: StorageWorld, names: StoreNames): Promise<{ store: OpenedStore; how: string }> {
  for (const how of ['new', 'old']) {
    const store = await openUnlocked(world, names, how).catch(() => undefined);
    if (store) return { store, how };
  }
  throw new Error('neither secret opens it');
}

async function bareElsewhere(world: TestWorld & StorageWorld, names: StoreNames): Promise<boolean> {
  const inBuckets = (await world.buckets?.keys()) ?? [];
  const outside = (await world.databases.databases()).map(({ name }) => name ?? '');
  return [...inBuckets, ...outside].includes(registryName(names)) && [...inBuckets, ...outside].includes(`${registryName(names)}-2`);
}
