// The world of a core that runs in Node: the real clock, the real socket, and a database in memory where one is wished for.
import type { Clock } from '../../src/base/clock.ts';
import type { CallId } from '../../src/contracts/session.ts';
import { browserHttp } from '../../src/core/browser-http.ts';
import { openBrowserSocket } from '../../src/core/connection/browser-socket.ts';
import type { Http } from '../../src/core/file-ports.ts';
import type { Log, World } from '../../src/core/ports.ts';

export const realClock: Clock = {
  now: () => Date.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};

export interface NodeWorldWish {
  databases?: IDBFactory;
  /** Errors are gathered here: a test ends by looking that there are none. */
  errors?: string[];
  http?: Http;
  /** Each frame that comes in. */
  heard?: (frame: string) => void;
  /** Each frame that goes out. */
  said?: (frame: string) => void;
}

export function nodeWorld({ databases, errors = [], http = browserHttp, heard, said }: NodeWorldWish = {}): World {
  const log: Log = {
    error: (what, facts) => void errors.push(`${what} ${JSON.stringify(facts ?? {})}`),
    info: () => undefined,
    debug: () => undefined,
  };
  return {
    clock: realClock,
    random: (byteCount) => crypto.getRandomValues(new Uint8Array(byteCount)),
    subtle: crypto.subtle,
    openSocket: (url, events) => {
      const socket = openBrowserSocket(url, heard ? { ...events, frame: (text) => (heard(text), events.frame(text)) } : events);
      return said ? { close: () => socket.close(), send: (text) => (said(text), socket.send(text)) } : socket;
    },
    http,
    online: { isOnline: () => true, onOnline: () => () => undefined },
    databases,
    log,
  };
}

let calls = 0;
export const nextCall = (): CallId => `call-${++calls}` as CallId;
