// A proxy on loopback between a client and an engine that cuts its connections as a dead network does: without a word.
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { SpokenFrames } from '../spoken-frames.ts';

export interface CuttingProxy {
  readonly port: number;
  /** Ends every connection now, in the middle of whatever is on the way. */
  cut(): void;
  /** From the next client bytes on: hands over only so many of them, then cuts. */
  cutAfter(bytes: number): void;
  /** While closed, new connections are refused at once. */
  setOpen(open: boolean): void;
  /** Connections made so far. */
  made(): number;
  stop(): Promise<void>;
}

/** `said` hears each whole frame that was handed on to the engine. */
export async function startCuttingProxy(enginePort: number, said?: (frame: string) => void): Promise<CuttingProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let [left, open, made] = [Infinity, true, 0];
  const cut = (): void => {
    for (const sockets of pairs) for (const socket of sockets) socket.resetAndDestroy();
    pairs.clear();
  };
  const passOn = (bytes: Buffer, engine: Socket, spoken: SpokenFrames | undefined): void => {
    const passed = bytes.subarray(0, Math.min(bytes.length, left));
    left -= bytes.length;
    spoken?.read(passed);
    engine.write(passed, () => left < 0 && (cut(), (left = Infinity)));
  };
  const server = createServer((client) => {
    if (!open) {
      client.resetAndDestroy();
      return;
    }
    made += 1;
    const engine = connect(enginePort, '127.0.0.1');
    const pair = [client, engine] as const;
    pairs.add(pair);
    const spoken = said && new SpokenFrames(said);
    client.on('data', (bytes) => passOn(bytes, engine, spoken));
    engine.on('data', (bytes) => client.write(bytes));
    for (const [socket, other] of [pair, [engine, client] as const]) {
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => (pairs.delete(pair), other.destroy()));
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    cutAfter: (bytes) => void (left = bytes),
    setOpen: (value) => void (open = value),
    made: () => made,
    stop: () => (cut(), new Promise((stopped) => server.close(() => stopped()))),
  };
}
