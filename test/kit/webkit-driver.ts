// WebKit's driver under a virtual screen of its own. Both die with this process.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WEBKIT_DRIVER } from './browsers.ts';

export interface WebkitDriver {
  port: number;
  stop(): Promise<void>;
}

/** A screen that nobody sees. */
export async function openScreen(): Promise<{ child: ChildProcess; display: string }> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [display] = (await once(child.stdio[3]!, 'data')) as [Buffer];
  return { child, display: String(display).trim() };
}

export async function startWebkitDriver(): Promise<WebkitDriver> {
  const { child: screen, display } = await openScreen();
  const home = mkdtempSync(join(tmpdir(), 'warbler-webkit-'));
  const port = await freePort();
  const driver = spawn(WEBKIT_DRIVER, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: environmentOf(display, home),
  });
  const endBoth = (): void => [driver, screen].forEach((child) => child.kill('SIGKILL'));
  process.once('exit', endBoth);
  await answering(port, driver);
  return {
    port,
    stop: async () => {
      await ended(driver);
      await ended(screen);
      process.off('exit', endBoth);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export function environmentOf(display: string, home: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DISPLAY: `:${display}`,
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    WEBKIT_FORCE_SANDBOX: '0',
    NO_AT_BRIDGE: '1',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  };
}

async function answering(port: number, driver: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (driver.exitCode !== null) throw new Error('WebKitWebDriver ended at once: is the package webkit2gtk-driver installed?');
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('WebKitWebDriver did not answer within 10 s.');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
  await once(child, 'exit');
  clearTimeout(timer);
}

/** A port that was free a moment ago on loopback. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
