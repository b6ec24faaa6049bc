// The in-page host with the small core in it.
import type { LoadCore } from '../../../src/client/session-client.ts';
import { hostCore } from '../../../src/core/host.ts';
import { openLobby } from '../../../src/core/host/lobby.ts';
import { SmallCore } from './small-core.ts';
import { FIRST_PAGE, quietLog, realClock } from './world.ts';

export const loadSmallCore: LoadCore = async () => {
  const lobby = openLobby({
    clock: realClock,
    readFirstPage: async () => FIRST_PAGE,
    openHost: async () => hostCore(new SmallCore({ die() {} }), { coreLock: '', clock: realClock, log: quietLog }),
    retire() {},
  });
  return (port) => lobby.enter(port);
};
