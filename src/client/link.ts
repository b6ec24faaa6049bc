// One attempt's way to a core, whatever carries it, and what a host of cores must offer.
import type { Hello, SpokenCall, ToCore } from '../contracts/port.ts';
import type { HostKind } from './session-client.ts';

/** A MessagePort or a BroadcastChannel of the attempt's own. */
export type Carrier = MessagePort | BroadcastChannel;

export interface Link {
  carrier: Carrier;
  post(message: ToCore): void;
  /** Says goodbye and shuts it. */
  close(): void;
}

export type Hear = (link: Link, data: unknown) => void;

export interface Host {
  kind: HostKind;
  /** Greets a core, starting one if there is none. `unavailable` is called if this host turns out not to work here. */
  open(hello: Hello, hear: Hear, unavailable: () => void): Link;
  /** Nobody has answered for so long. */
  unanswered?(sinceMs: number): void;
  /** The core's lock came free. */
  died?(): void;
  /** So long after that nobody may ask for the next one. */
  restMs?: number;
  /** The page goes away, or into the back-forward cache. `open` brings it back. `words`: what its core has not confirmed. */
  leave?(words: readonly SpokenCall[]): void;
}

export function linkOver(carrier: Carrier, hear: Hear): Link {
  let isClosed = false;
  const post = (message: ToCore): void => {
    if (!isClosed) carrier.postMessage(message);
  };
  const link: Link = {
    carrier,
    post,
    close() {
      post({ warbler: 'goodbye' });
      isClosed = true;
      carrier.close();
    },
  };
  const listen: { addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void } = carrier;
  listen.addEventListener('message', ({ data }) => isClosed || hear(link, data));
  if ('start' in carrier) carrier.start();
  return link;
}
