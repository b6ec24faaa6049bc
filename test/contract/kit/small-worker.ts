// The worker of the product with the small core in it.
import { openLobby } from '../../../src/core/host/lobby.ts';
import { openHost } from '../../../src/core/host/open-host.ts';
import { serveElected, serveShared } from '../../../src/core/host/scopes.ts';
import { FIRST_PAGE, quietLog, realClock } from './world.ts';
import { SmallCore } from './small-core.ts';

const scope = globalThis as unknown as { close(): void };
let seize = false;

const lobby = openLobby({
  clock: realClock,
  readFirstPage: async () => FIRST_PAGE,
  openHost: (identity, waiting) =>
    openHost({
      identity,
      locks: navigator.locks,
      clock: realClock,
      log: quietLog,
      seize,
      createCore: () => new SmallCore({ die: () => scope.close() }),
      waiting,
      lost: () => scope.close(),
    }),
  retire: () => scope.close(),
});

if ('onconnect' in globalThis) serveShared(globalThis, lobby);
else serveElected(globalThis, lobby, (lead) => (seize = lead.seize));
