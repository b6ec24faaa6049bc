// A proxy on loopback that counts round trips: how often the client spoke after having heard something, from the first byte of the socket on.
import { connect, createServer, type Socket } from 'node:net';
import { SpokenFrames } from './spoken-frames.ts';

export interface CountingProxy {
  readonly port: number;
  /** Of the newest connection, from the upgrade's request on. TCP's own handshake is not in it. */
  roundTrips(): number;
  /** In which of them the newest connection first said these words. Its answer comes back with that trip. */
  tripOf(words: string): number | undefined;
  stop(): Promise<void>;
}

/** `delayMs` holds back what the engine says, so that what a client sends without waiting is told apart from what it sends after. */
export async function startCountingProxy(enginePort: number, delayMs: number): Promise<CountingProxy> {
  let trips = 0;
  let said: { text: string; trip: number }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const engine = connect(enginePort, '127.0.0.1');
    let hasHeard = true;
    trips = 0;
    said = [];
    const spoken = new SpokenFrames((text) => said.push({ text, trip: trips }));
    client.on('data', (bytes) => {
      if (hasHeard) trips += 1;
      hasHeard = false;
      spoken.read(bytes);
      engine.write(bytes);
    });
    engine.on('data', (bytes) => {
      setTimeout(() => {
        hasHeard = true;
        client.write(bytes);
      }, delayMs);
    });
    for (const [socket, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => (sockets.delete(socket), other.destroy()));
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    roundTrips: () => trips,
    tripOf: (words) => said.find(({ text }) => text.includes(words))?.trip,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((stopped) => server.close(() => stopped()));
    },
  };
}
