// In the page: what a lock adds to opening a store, and how long unlocking takes at the cost that this device was found to bear.
import type { Account, Address } from '../../../src/model/account.ts';
import { findLast } from '../../../src/core/storage/find-last.ts';
import { changeLock, prepareChange, unlock } from '../../../src/core/storage/lock/lock.ts';
import { accountName } from '../../../src/core/storage/names.ts';
import { openStore, type KnownOfStore, type StorageWorld } from '../../../src/core/storage/open-store.ts';
import { rememberAccount } from '../../../src/core/storage/registry.ts';
import { conversationRecord, storedMessages } from '../../storage/messages.ts';

export interface OpeningFacts {
  /** Milliseconds from nothing to the newest fifty messages, in turns. */
  bare: number[];
  locked: number[];
  again: number[];
  /** From the passphrase to the root. */
  unlock: number[];
  /** All of it sealed anew, once. */
  moveMs: number;
}

const MEI: Account = { address: 'mei@chat.example' as Address, name: 'Mei', services: [] };
const GROUP = 200;
const UNLOCKS = 3;

interface Profile {
  names: { organisation: string; profile: string; address: string };
  known: KnownOfStore;
}

export async function measureOpening(world: StorageWorld, messages: number, rounds: number): Promise<OpeningFacts> {
  const bare = await fill(world, messages);
  const locked = await fill(world, messages);
  const { moveMs, unlocks } = await lock(world, locked);
  const facts: OpeningFacts = { bare: [], locked: [], again: [], unlock: unlocks, moveMs };
  for (let round = 0; round < rounds; round++)
    for (const [name, profile] of shuffled([
      ['bare', bare],
      ['locked', locked],
      ['again', bare],
    ] as const)) {
      const startedAt = performance.now();
      await open(world, profile);
      facts[name].push(performance.now() - startedAt);
    }
  return facts;
}

async function fill(world: StorageWorld, messages: number): Promise<Profile> {
  const names = { organisation: crypto.randomUUID(), profile: 'bench', address: MEI.address };
  const store = await openStore(world, names);
  if (!store.ok) throw new Error(store.failure.kind);
  await rememberAccount(world, names, MEI);
  const all = storedMessages(0, messages);
  for (let from = 0; from < messages; from += GROUP)
    await store.value.commit({ messages: all.slice(from, from + GROUP), conversations: [conversationRecord()] });
  await store.value.close();
  return { names, known: { drawer: (await findLast(world, names))?.drawer } };
}

async function lock(world: StorageWorld, profile: Profile): Promise<{ moveMs: number; unlocks: number[] }> {
  const { names } = profile;
  const drawer = profile.known.drawer!;
  const secret = () => ({ by: 'passphrase', bytes: new TextEncoder().encode('seven green kettles whistle') }) as const;
  const prepared = await prepareChange(world, drawer, accountName(names), { mode: 'passphrase', secrets: [secret()] }, undefined);
  if (!prepared.ok) throw new Error(prepared.failure.kind);
  const movedAt = performance.now();
  const moved = await changeLock(world, names, MEI, drawer, prepared.value);
  if (!moved.ok) throw new Error(moved.failure.kind);
  const moveMs = performance.now() - movedAt;
  const unlocks: number[] = [];
  for (let turn = 0; turn < UNLOCKS; turn++) {
    const startedAt = performance.now();
    const opened = await unlock(world, moved.value, accountName(names), secret());
    unlocks.push(performance.now() - startedAt);
    if (!opened.ok) throw new Error(opened.failure.kind);
    profile.known = { drawer: moved.value, lock: opened.value.lock };
  }
  return { moveMs, unlocks };
}

async function open(world: StorageWorld, { names, known }: Profile): Promise<void> {
  const store = await openStore(world, names, undefined, known);
  if (!store.ok) throw new Error(store.failure.kind);
  const [record] = await store.value.conversations();
  if ((await store.value.readBelow(record!.id, Infinity, 50)).length !== 50) throw new Error('messages are missing');
  await store.value.close();
}

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((one) => [Math.random(), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);
