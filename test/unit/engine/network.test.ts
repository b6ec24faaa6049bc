import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { countConnectionsTo, findFreePorts, isPortFree } from '../../../src/engine/network.ts';

test('free ports are free and never the same', async () => {
  const ports = await findFreePorts(8);
  assert.equal(new Set(ports).size, 8);
  for (const port of ports) assert.equal(await isPortFree(port), true);
});

test('a taken port is not free, and connections to it are counted', async () => {
  const [port = 0] = await findFreePorts(1);
  const server = createServer().listen(port, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  assert.equal(await isPortFree(port), false);
  assert.equal(await countConnectionsTo(port), 0);
  const sockets = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  await Promise.all(sockets.map((socket) => new Promise((connected) => socket.once('connect', connected))));
  assert.equal(await countConnectionsTo(port), 2);
  for (const socket of sockets) socket.destroy();
  server.close();
});
