// Somebody else's client, profanity, in a terminal of its own: what a person would type goes in, what a person would see comes out.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Address } from '../../../src/model/account.ts';
import { OwnNode } from '../../../src/core/own-node.ts';
import { writeLegacyDevices } from '../../../src/xmpp/codecs/legacy-omemo.ts';
import { OPEN_NODE } from '../../../src/xmpp/codecs/pubsub.ts';
import { NS_LEGACY_OMEMO_DEVICES } from '../../../src/xmpp/namespaces.ts';
import { liveGuest } from './live-guest.ts';
import type { TestEngine } from './start-engine.ts';

const run = promisify(execFile);
const PATIENCE_MS = 20_000;
const LOOKS_EVERY_MS = 100;

export interface Profanity {
  type(line: string): Promise<void>;
  /** Everything on its screen now. */
  screen(): Promise<string>;
  /** Waits until its screen says this. */
  sees(words: string): Promise<void>;
  /** Its stream ends; its keys and sessions stay on its disk. */
  leave(): Promise<void>;
  comeBack(): Promise<void>;
  /** To whom its window shows. */
  sendFile(name: string, bytes: Uint8Array): Promise<void>;
  quit(): Promise<void>;
  /** Its own folder. */
  readonly home: string;
}

/** Signed in, with keys of its own made and everybody's keys trusted. */
export async function startProfanity(engine: TestEngine, name: string, password: string): Promise<Profanity> {
  await makeList(engine, `${name}@${engine.domain}` as Address, password);
  const home = await mkdtemp(join(tmpdir(), 'warbler-profanity-'));
  await trust(home, engine.certificate);
  const socket = join(home, 'tmux');
  const tmux = async (...args: string[]): Promise<string> =>
    (await run('tmux', ['-S', socket, '-f', '/dev/null', ...args], { env: envOf(home) })).stdout;
  const screen = (): Promise<string> => tmux('capture-pane', '-p', '-J');
  const type = async (line: string): Promise<void> => {
    await tmux('send-keys', '-l', line);
    await tmux('send-keys', 'Enter');
  };
  const sees = async (words: string): Promise<void> => {
    for (const end = Date.now() + PATIENCE_MS; !(await screen()).includes(words); await wait(LOOKS_EVERY_MS))
      if (Date.now() > end) throw new Error(`profanity does not say “${words}”:\n${await screen()}`);
  };
  await tmux('new-session', '-d', '-x', '200', '-y', '60', 'profanity');
  await sees('your first time');
  const signIn = async (): Promise<void> => {
    await type(`/connect ${name}@${engine.domain} server 127.0.0.1 port ${engine.plainPort} tls disable`);
    await sees('Enter password');
    await type(password);
    await sees('logged in successfully');
  };
  await signIn();
  await type('/omemo gen');
  await sees('materials generated');
  await type('/omemo trustmode blind');
  await sees('will be trusted automatically');
  return {
    home,
    type,
    screen,
    sees,
    async leave() {
      await type('/disconnect');
      await sees('logged out successfully');
    },
    async comeBack() {
      await type('/clear');
      await signIn();
    },
    async sendFile(called, bytes) {
      const file = join(home, called);
      await writeFile(file, bytes);
      await type(`/sendfile ${file}`);
    },
    async quit() {
      await tmux('kill-server');
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** As if a person had said so once: kept there, it counts for uploads as well. */
async function trust(home: string, certificate: string): Promise<void> {
  const folder = join(home, 'data/profanity/certs');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'CAfile.pem'), certificate);
}

/** Version 0.13 names itself on a list that is there, and never makes one. */
async function makeList(engine: TestEngine, self: Address, password: string): Promise<void> {
  const guest = liveGuest(self, {});
  guest.start([engine.ws], { password });
  await guest.until(() => guest.online.length === 1, 'signed in');
  const made = await new OwnNode(guest.connection, NS_LEGACY_OMEMO_DEVICES, OPEN_NODE).publish(writeLegacyDevices([]));
  await guest.connection.stop();
  if (!made.ok) throw new Error(made.failure.kind);
}

const envOf = (home: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: home,
  XDG_CONFIG_HOME: join(home, 'config'),
  XDG_DATA_HOME: join(home, 'data'),
  TERM: 'xterm',
  LANG: 'C.UTF-8',
});
