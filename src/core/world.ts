// The real ports of a worker or a page. Only the worker's second stage hands them in.
import { browserHttp } from './browser-http.ts';
import { findBuckets, findFiles } from './browser-storage.ts';
import { openBrowserSocket } from './connection/browser-socket.ts';
import { systemClock } from './system-clock.ts';
import type { Log, LogFacts, World } from './ports.ts';
import type { Online } from './line-ports.ts';

/** Errors and information go to the console of the worker; debugging is for whoever builds without minifying. */
export const consoleLog: Log = {
  error: (what, facts) => console.error(...line(what, facts)),
  info: (what, facts) => console.info(...line(what, facts)),
  debug: (what, facts) => console.debug(...line(what, facts)),
};

const line = (what: string, facts: LogFacts | undefined): unknown[] => [`warbler: ${what}`, ...(facts ? [facts] : [])];

const online: Online = {
  isOnline: () => navigator.onLine,
  onOnline(work) {
    addEventListener('online', work);
    return () => removeEventListener('online', work);
  },
};

/** Some browsers throw where others leave it out. */
export function findDatabases(): IDBFactory | undefined {
  try {
    return globalThis.indexedDB ?? undefined;
  } catch {
    return undefined;
  }
}

export function createWorld(databases: IDBFactory | undefined): World {
  return {
    clock: systemClock,
    random: (byteCount) => crypto.getRandomValues(new Uint8Array(byteCount)),
    subtle: crypto.subtle,
    openSocket: openBrowserSocket,
    online,
    databases,
    http: browserHttp,
    userAgent: navigator.userAgent,
    ...(databases ? { files: findFiles(), buckets: findBuckets() } : {}),
    log: consoleLog,
  };
}
