// The worker's first stage, kept small: it greets tabs and shows them what the disk holds. Everything else is imported when they have.
import { findBuckets } from './browser-storage.ts';
import { openLobby } from './host/lobby.ts';
import { serveElected, serveShared } from './host/scopes.ts';
import { fetchSecondFiles } from './second-files.ts';
import { readFirstPage } from './storage/first-page.ts';
import { systemClock } from './system-clock.ts';

/** The worker calls it once; tests hand in a scope of their own. */
export function serve(scope: SharedWorkerGlobalScope | DedicatedWorkerGlobalScope): void {
  const retire = (): void => scope.close();
  let seize = false;
  const lobby = openLobby({
    clock: systemClock,
    readFirstPage: (identity, wish) => readFirstPage(scope.indexedDB, crypto.subtle, identity, wish, findBuckets()),
    openHost: async (identity, waiting) => (await importSecondStage()).openInWorker({ identity, seize, waiting, lost: retire }),
    retire,
  });
  if ('onconnect' in scope) serveShared(scope, lobby);
  else serveElected(scope, lobby, (lead) => (seize = lead.seize));
}

function importSecondStage(): Promise<typeof import('./second-stage.ts')> {
  const stage = import('./second-stage.ts');
  fetchSecondFiles();
  return stage;
}
