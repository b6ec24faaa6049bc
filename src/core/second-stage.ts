// The worker's second stage: Dexie, connection, sync and the calls. Builds the real world and opens the core in it.
import type { CoreIdentity } from '../contracts/port.ts';
import { hostCore, type CoreHost } from './host.ts';
import { openHost } from './host/open-host.ts';
import { openLobby } from './host/lobby.ts';
import type { Port } from './host/visitor.ts';
import { createCore } from './session/core.ts';
import { systemClock } from './system-clock.ts';
import { consoleLog, createWorld, findDatabases } from './world.ts';

export interface WorkerWish {
  identity: CoreIdentity;
  seize: boolean;
  waiting(): void;
  lost(): void;
}

export function openInWorker(wish: WorkerWish): Promise<CoreHost> {
  return openHost({
    ...wish,
    locks: navigator.locks,
    clock: systemClock,
    log: consoleLog,
    createCore: () => createCore(createWorld(findDatabases()), wish.identity),
  });
}

/**
 * The same core in the page itself, for pages that forbid workers. Tabs would fight over one database there, so it has none.
 * The answer lets a tab in over its end of a channel; the entries hand it to the client as `loadCore`.
 */
export function openInPage(): (port: Port) => void {
  const lobby = openLobby({
    clock: systemClock,
    readFirstPage: async () => undefined,
    openHost: async (identity) =>
      hostCore(createCore(createWorld(undefined), identity), { coreLock: '', clock: systemClock, log: consoleLog }),
    retire() {},
  });
  return (port) => lobby.enter(port);
}
