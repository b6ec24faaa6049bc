// A connection under test: joined to a scripted server, time wound by hand, everything it tells written down.
import { createConnection } from '../../src/core/connection/connection.ts';
import type { Connection, ConnectionListener, KeptLogin, Login } from '../../src/core/ports.ts';
import type { ConnectionState } from '../../src/model/situation.ts';
import type { Element } from '../../src/xmpp/xml.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { ScriptedServer, type ServerScript } from './scripted-server.ts';

export const SERVICE = 'wss://chat.willow.test/ws';

export interface Guest {
  connection: Connection;
  clock: FakeClock;
  states: ConnectionState[];
  online: ('fresh' | 'resumed')[];
  stanzas: Element[];
  kept: KeptLogin[];
  logged: string[];
  network: { isOnline: boolean; comeBack(): void };
  start(secret?: Login['secret'], services?: readonly string[]): void;
  /** Waits while frames move, and crypto works, until it is so. */
  until(isSo: () => boolean): Promise<void>;
  untilStage(stage: ConnectionState['stage']): Promise<void>;
  /** Lets everything under way arrive. */
  settle(): Promise<void>;
}

export function guestOf(server: ScriptedServer, extra: Partial<ConnectionListener> = {}): Guest {
  const clock = fakeClock();
  const [states, online, stanzas, kept, logged]: [ConnectionState[], ('fresh' | 'resumed')[], Element[], KeptLogin[], string[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  const wake = new Set<() => void>();
  const network = { isOnline: true, comeBack: () => ((network.isOnline = true), wake.forEach((work) => work())) };
  const note = (what: string): void => void logged.push(what);
  const connection = createConnection(
    {
      clock,
      random: (count) => crypto.getRandomValues(new Uint8Array(count)),
      subtle: crypto.subtle,
      openSocket: server.openSocket,
      online: { isOnline: () => network.isOnline, onOnline: (work) => (wake.add(work), () => void wake.delete(work)) },
      log: { error: note, info: note, debug: note },
    },
    {
      opening: () => {},
      online: (how) => void online.push(how),
      stanza: (stanza) => void stanzas.push(stanza),
      stateChanged: (state) => void states.push(state),
      loginKept: (login) => void kept.push(login),
      ...extra,
    },
  );
  const { user, domain, password } = server.script;
  const address = `${user}@${domain}` as Login['address'];
  const until = async (isSo: () => boolean): Promise<void> => {
    // By the clock on the wall, not by turns: on a busy machine cryptography's own threads wait for many of them.
    for (const endsAt = performance.now() + 10_000; !isSo();) {
      if (performance.now() > endsAt) throw new Error(`still not so; ${JSON.stringify(connection.state())}; ${logged.join(', ')}`);
      await new Promise(setImmediate);
    }
  };
  return {
    connection,
    clock,
    states,
    online,
    stanzas,
    kept,
    logged,
    network,
    start: (secret = { password }, services = [SERVICE]) => connection.start({ services, address, secret }),
    until,
    untilStage: (stage) => until(() => connection.state().stage === stage),
    settle: async () => {
      for (let quiet = 0; quiet < 12; quiet++) {
        await new Promise(setImmediate);
        if (server.wires.some((wire) => wire.isBusy)) quiet = 0;
      }
    },
  };
}

export const message = (text: string): Element => ({
  name: 'message',
  namespace: 'jabber:client',
  attributes: { to: 'bob@willow.test', type: 'chat' },
  children: [{ name: 'body', namespace: 'jabber:client', attributes: {}, children: [text] }],
});

export const bodyOf = (stanza: Element): string =>
  stanza.children.map((one) => (typeof one === 'string' ? '' : one.children.join(''))).join('');

/** Signed in, and everything said that is said then. */
export async function online(
  script: Partial<ServerScript> = {},
  prepare: (guest: Guest) => void = () => {},
): Promise<[Guest, ScriptedServer]> {
  const server = new ScriptedServer(script);
  const guest = guestOf(server);
  prepare(guest);
  guest.start();
  await guest.untilStage('online');
  await guest.settle();
  return [guest, server];
}

/** Until it waits, and then as long as it means to. */
export async function waitOver(guest: Guest): Promise<void> {
  await guest.untilStage('waiting');
  const state = guest.connection.state();
  if (state.stage === 'waiting') guest.clock.advance(state.retryAt - guest.clock.now());
}
