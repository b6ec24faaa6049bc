// How tabs reach the lobby: a shared worker is handed their ports; a dedicated one, run by a leading tab, hears them knock.
import type { Knock, Lead, Up } from '../../contracts/election.ts';
import type { Lobby } from './lobby.ts';
import { isHello } from './visitor.ts';

export function serveShared(scope: SharedWorkerGlobalScope, lobby: Lobby): void {
  scope.addEventListener('connect', (event) => {
    const [port] = event.ports;
    if (port) lobby.enter(port);
  });
}

/** Calls back with the leader's word, once: the worker then serves that channel for its life. */
export function serveElected(scope: DedicatedWorkerGlobalScope, lobby: Lobby, led: (lead: Lead) => void): void {
  scope.addEventListener(
    'message',
    ({ data }: MessageEvent<Lead>) => {
      led(data);
      hearKnocks(data.channel, lobby);
    },
    { once: true },
  );
}

function hearKnocks(channel: string, lobby: Lobby): void {
  const common = new BroadcastChannel(channel);
  // A tab may knock twice, before and after it hears that the core is up.
  const opened = new Set<string>();
  common.addEventListener('message', ({ data }: MessageEvent<Partial<Knock> | null>) => {
    if (data?.warbler !== 'knock' || !isHello(data.hello) || typeof data.channel !== 'string') return;
    if (!data.channel.startsWith(`${channel}:`) || opened.has(data.channel)) return;
    opened.add(data.channel);
    lobby.enter(new BroadcastChannel(data.channel), data.hello);
  });
  const up: Up = { warbler: 'up' };
  common.postMessage(up);
}
