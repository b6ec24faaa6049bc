// A connection to a real engine, with what it told written down.
import { createConnection } from '../../../src/core/connection/connection.ts';
import { openBrowserSocket } from '../../../src/core/connection/browser-socket.ts';
import type { Connection, ConnectionListener, KeptLogin, Login } from '../../../src/core/ports.ts';
import type { ConnectionState } from '../../../src/model/situation.ts';
import type { Element } from '../../../src/xmpp/xml.ts';

export interface LiveGuest {
  connection: Connection;
  states: ConnectionState[];
  online: ('fresh' | 'resumed')[];
  stanzas: Element[];
  kept: KeptLogin[];
  start(services: readonly string[], secret: Login['secret']): void;
  /** Settles as soon as it is so; told by the connection itself, looked at after everything it says. */
  until(isSo: () => boolean, what: string): Promise<void>;
}

const PATIENCE_MS = 20_000;

export function liveGuest(address: string, extra: Partial<ConnectionListener> = {}): LiveGuest {
  const [states, online, stanzas, kept]: [ConnectionState[], ('fresh' | 'resumed')[], Element[], KeptLogin[]] = [[], [], [], []];
  const watchers = new Set<() => void>();
  const note =
    <T>(list: T[]) =>
    (one: T): void => {
      list.push(one);
      queueMicrotask(() => watchers.forEach((look) => look()));
    };
  const connection = createConnection(
    {
      clock: {
        now: () => Date.now(),
        after: (delayMs, work) => {
          const timer = setTimeout(work, delayMs);
          return () => clearTimeout(timer);
        },
      },
      random: (count) => crypto.getRandomValues(new Uint8Array(count)),
      subtle: crypto.subtle,
      openSocket: openBrowserSocket,
      online: { isOnline: () => true, onOnline: () => () => {} },
      log: { error: () => {}, info: () => {}, debug: () => {} },
    },
    { opening: () => {}, online: note(online), stanza: note(stanzas), stateChanged: note(states), loginKept: note(kept), ...extra },
  );
  return {
    connection,
    states,
    online,
    stanzas,
    kept,
    start: (services, secret) => connection.start({ services, address: address as Login['address'], secret }),
    until: (isSo, what) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => end(() => reject(new Error(`not within ${PATIENCE_MS} ms: ${what}; ${JSON.stringify(states.slice(-4))}`))),
          PATIENCE_MS,
        );
        const end = (say: () => void): void => {
          clearTimeout(timer);
          watchers.delete(look);
          say();
        };
        const look = (): void => {
          if (isSo()) end(resolve);
        };
        watchers.add(look);
        look();
      }),
  };
}
