// Somebody on loopback between all clients and an engine who keeps every byte, either way: what is said over WebSockets without its mask, and
// files as they are put and fetched.
import { connect, createServer, type Socket } from 'node:net';
import { SpokenFrames } from '../spoken-frames.ts';

export interface Eavesdropper {
  readonly port: number;
  /** Until now. */
  overheard(): Record<OverheardWay, Buffer>;
  stop(): Promise<void>;
}

export type OverheardWay = 'words going' | 'words coming' | 'files going' | 'files coming';

export async function startEavesdropper(enginePort: number): Promise<Eavesdropper> {
  const kept: Record<OverheardWay, Buffer[]> = { 'words going': [], 'words coming': [], 'files going': [], 'files coming': [] };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const engine = connect(enginePort, '127.0.0.1');
    const spoken = new SpokenFrames((text) => kept['words going'].push(Buffer.from(`${text}\n`)));
    let isWords: boolean | undefined;
    client.on('data', (bytes) => {
      isWords ??= /^GET \/ws\b/.test(bytes.toString('latin1', 0, 16));
      if (isWords) spoken.read(bytes);
      kept[isWords ? 'words going' : 'files going'].push(bytes);
      engine.write(bytes);
    });
    engine.on('data', (bytes) => {
      kept[isWords ? 'words coming' : 'files coming'].push(bytes);
      client.write(bytes);
    });
    for (const [socket, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true).on('error', () => other.destroy());
      socket.on('close', () => (sockets.delete(socket), other.destroy()));
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    overheard: () => mapValues(kept, (all) => Buffer.concat(all)),
    stop() {
      for (const socket of sockets) socket.destroy();
      return new Promise((stopped) => server.close(() => stopped()));
    },
  };
}

const mapValues = <K extends string, V, W>(record: Record<K, V>, map: (value: V) => W): Record<K, W> =>
  Object.fromEntries(Object.entries<V>(record).map(([key, value]) => [key, map(value)])) as Record<K, W>;
