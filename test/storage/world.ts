// A world for stores: real cryptography, the given databases, a clock wound by hand, a log that remembers.
import type { Clock } from '../../src/base/clock.ts';
import type { CoreIdentity } from '../../src/contracts/port.ts';
import type { Account } from '../../src/model/account.ts';
import type { OpenedStore } from '../../src/core/ports.ts';
import type { StoreNames } from '../../src/core/storage/names.ts';
import { openStore } from '../../src/core/storage/open-store.ts';
import type { StorageWorld } from '../../src/core/storage/open-store.ts';
import { findLast } from '../../src/core/storage/find-last.ts';
import { ok } from './assert.ts';
import type { Subject } from './store-contract.ts';

export interface WoundClock extends Clock {
  wind(byMs: number): void;
}

export interface TestWorld extends StorageWorld {
  databases: IDBFactory;
  clock: WoundClock;
  logged: string[];
}

export function makeWorld(databases: IDBFactory): TestWorld {
  const logged: string[] = [];
  const note = (what: string, facts?: object): void => void logged.push(`${what} ${JSON.stringify(facts ?? {})}`);
  return {
    databases,
    subtle: crypto.subtle,
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    clock: woundClock(),
    log: { error: note, info: note, debug: note },
    logged,
  };
}

/** Nobody else uses these names. */
export const freshNames = (address = 'mei@chat.example'): StoreNames => ({ organisation: crypto.randomUUID(), profile: 'test', address });

export async function openFor(world: StorageWorld, names: StoreNames): Promise<OpenedStore> {
  const answer = await openStore(world, names);
  ok(answer.ok, 'the store opens');
  return answer.value;
}

export async function lastAccount(world: StorageWorld, names: CoreIdentity): Promise<Account | undefined> {
  const found = await findLast(world, names);
  return found && 'account' in found.last ? found.last.account : undefined;
}

function woundClock(): WoundClock {
  let now = 1_790_000_000_000;
  const waiting = new Set<{ at: number; work: () => void }>();
  return {
    now: () => now,
    after(delayMs, work) {
      const entry = { at: now + delayMs, work };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    wind(byMs) {
      now += byMs;
      for (const entry of waiting) {
        if (entry.at > now) continue;
        waiting.delete(entry);
        entry.work();
      }
    },
  };
}

/** A place on this disk where one store can be opened, and opened again. */
export function onDisk(databases: IDBFactory): Subject {
  const world = makeWorld(databases);
  const names = freshNames();
  return {
    open: () => openFor(world, names),
    reopen: async (store) => {
      await store.close();
      return openFor(world, names);
    },
  };
}
