// HTTPS before an engine's port, under a certificate made on the spot that nobody but the test trusts.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `openssl` comes with either engine. */
const CERTIFICATE = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1'; // oxfmt-ignore

export interface TlsFront {
  /** PEM. */
  readonly certificate: string;
  close(): Promise<void>;
}

export async function startTlsFront(port: number, behind: number): Promise<TlsFront> {
  const { key, certificate } = await mintCertificate();
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).once('error', () => socket.destroy());
  };
  const server = createServer({ key, cert: certificate }, (outside) => {
    const inside = connect(behind, '127.0.0.1');
    for (const socket of [outside, inside]) keep(socket);
    outside.pipe(inside).pipe(outside);
  });
  server.on('tlsClientError', () => undefined).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    certificate,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function mintCertificate(): Promise<{ key: string; certificate: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'warbler-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  await run('openssl', [...CERTIFICATE.split(' '), '-keyout', key, '-out', certificate]);
  const minted = { key: await readFile(key, 'utf8'), certificate: await readFile(certificate, 'utf8') };
  await rm(folder, { recursive: true });
  return minted;
}
