// The first choice: one SharedWorker for all tabs of the site. Its file must lie on the page's own origin.
import type { Hello } from '../contracts/port.ts';
import { linkOver, type Hear, type Host, type Link } from './link.ts';
import { scriptUrl } from './worker-url.ts';

export const canShare = (workerUrl: string): boolean => 'SharedWorker' in globalThis && new URL(workerUrl).origin === location.origin;

/** A worker that was asked for and greeted. What it says is kept until somebody takes the talk over. */
export interface Talk {
  workerUrl: string;
  hello: Hello;
  /** Once. Nothing is heard before it has answered. */
  take(hear: Hear, unavailable: () => void): Link;
}

/**
 * The name holds who the core is for and nothing of its version, so that unlike builds meet in one worker and can say so.
 * `extendedLifetime` keeps the worker through a navigation (Chromium 148; others ignore it).
 */
export function beginTalk(workerUrl: string, digest: string, hello: Hello): Talk {
  const options = { type: 'module', name: `warbler-${digest}`, extendedLifetime: true } as const;
  const worker = new SharedWorker(scriptUrl(workerUrl), options);
  const kept: unknown[] = [];
  let hear: Hear = (_link, data) => kept.push(data);
  let fail = (): void => void (hasFailed = true);
  let hasFailed = false;
  worker.addEventListener('error', () => fail());
  const link = linkOver(worker.port, (from, data) => hear(from, data));
  link.post(hello);
  return {
    workerUrl,
    hello,
    take(next, unavailable) {
      [hear, fail] = [next, unavailable];
      queueMicrotask(() => {
        if (hasFailed) unavailable();
        for (const data of kept) next(link, data);
      });
      return link;
    },
  };
}

/**
 * Firefox hands out a worker that is just closing. Whoever was given one holds it in its place, and everybody after that is given it too, until
 * what they asked with is collected: nobody asks before it is gone.
 */
const REST_MS = /Gecko\//.test(navigator.userAgent) ? 250 : undefined;

/** `begun`: a talk that waits for this page already. */
export function sharedHost(workerUrl: string, digest: string, canLock: Promise<boolean>, begun: Talk | undefined): Host {
  return {
    kind: 'shared',
    ...(REST_MS && { restMs: REST_MS }),
    open(hello, hear, unavailable) {
      const talk = begun ?? beginTalk(workerUrl, digest, hello);
      begun = undefined;
      void canLock.then((can) => can || unavailable());
      return talk.take(hear, unavailable);
    },
  };
}
