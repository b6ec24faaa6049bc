// Ports on loopback: free ones from the operating system, and whether one is taken.
import { createServer } from 'node:net';
import { readFile } from 'node:fs/promises';

const LOOPBACK = '127.0.0.1';
/** As /proc/net/tcp writes 127.0.0.1 on a little-endian machine, and an established connection. */
const LOOPBACK_HEX = '0100007F';
const ESTABLISHED = '01';

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address ? address.port : undefined;
      server.close(() => resolve(got));
    });
  });
}

export async function isPortFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

/** Held open together before any is given back, so that no two of them are the same. */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, holdFreePort));
  await Promise.all(servers.map(({ release }) => release()));
  return servers.map(({ port }) => port);
}

function holdFreePort(): Promise<{ port: number; release(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      resolve({ port, release: () => new Promise((released) => server.close(() => released())) });
    });
  });
}

/** How many connections to a loopback port are alive, counted by the kernel: no engine can be wrong about it. Linux only. */
export async function countConnectionsTo(port: number): Promise<number> {
  const local = `${LOOPBACK_HEX}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = (await readFile('/proc/net/tcp', 'ascii')).split('\n');
  return lines.map((line) => line.trim().split(/\s+/)).filter((fields) => fields[1] === local && fields[3] === ESTABLISHED).length;
}
