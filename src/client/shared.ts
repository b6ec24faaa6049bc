// The first choice: one SharedWorker for all tabs of the site. Its file must lie on the page's own origin.
import { linkOver, type Host } from './link.ts';
import { scriptUrl } from './worker-url.ts';

export const canShare = (workerUrl: string): boolean => 'SharedWorker' in globalThis && new URL(workerUrl).origin === location.origin;

/**
 * The name holds who the core is for and nothing of its version, so that unlike builds meet in one worker and can say so.
 * `extendedLifetime` keeps the worker through a navigation (Chromium 148; others ignore it).
 */
export function openShared(workerUrl: string, digest: string): SharedWorker {
  const options = { type: 'module', name: `warbler-${digest}`, extendedLifetime: true } as const;
  return new SharedWorker(scriptUrl(workerUrl), options);
}

export function sharedHost(workerUrl: string, digest: string, canLock: Promise<boolean>): Host {
  return {
    kind: 'shared',
    open(hello, hear, unavailable) {
      const worker = openShared(workerUrl, digest);
      worker.addEventListener('error', unavailable);
      void canLock.then((can) => can || unavailable());
      const link = linkOver(worker.port, hear);
      link.post(hello);
      return link;
    },
  };
}
