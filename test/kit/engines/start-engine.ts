// A real engine for a test: its own folder, free ports, gone when the test process is.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchEngine } from '../../../src/engine/engine.ts';
import type { RunningEngine } from '../../../src/engine/engine.ts';
import { countConnectionsTo, findFreePorts } from '../../../src/engine/network.ts';
import { valueOf } from '../../../src/engine/outcome.ts';
import { conferenceDomainOf, webSocketAddressOf } from '../../../src/engine/plan.ts';
import type { EngineKind, EnginePlan, PasswordHash } from '../../../src/engine/plan.ts';
import { startEavesdropper, type Eavesdropper } from './eavesdropper.ts';
import { startTlsFront } from './tls-front.ts';
import { newerEjabberd } from './newer-ejabberd.ts';
import type { PastMessage, Person, Population, Room } from '../../../src/engine/population.ts';

export interface EngineWish {
  engine: EngineKind;
  /** With ejabberd: 24.12 or newer, for SASL2, Bind2 and FAST. `newerEjabberd` tells beforehand whether it can be had. */
  version?: '24.12';
  /** Only the name and the password are needed. */
  users: readonly Person[];
  rooms?: readonly Room[];
  archive?: Iterable<PastMessage>;
  resumeSeconds?: number;
  /** The one SCRAM mechanism on offer; SHA-256 without a wish. SHA-512 with ejabberd only. */
  passwordHash?: PasswordHash;
  log?: 'info' | 'debug';
  /** A socket without TLS as well, for programs that speak no WebSocket. */
  withPlainSocket?: boolean;
  /** Files are put and fetched by HTTPS, for programs that take no other. */
  withHttps?: boolean;
  /** Every byte between clients and engine is kept. */
  isOverheard?: boolean;
}

export interface TestEngine {
  /** The WebSocket's address. */
  readonly ws: string;
  readonly domain: string;
  readonly conferenceDomain: string;
  /** Everything the engine writes, its log in `log/`. */
  readonly dir: string;
  readonly port: number;
  /** Of the socket without TLS, where it was wished for. */
  readonly plainPort: number;
  /** The certificate of its HTTPS, where that was wished for. */
  readonly certificate: string;
  /** Who heard everything, where that was wished for. */
  readonly ear: Eavesdropper | undefined;
  /** Of the engine's process now. */
  readonly pid: number;
  /** Streams the engine holds, those that wait to be resumed included. */
  sessions(): Promise<number>;
  /** Sockets to the engine, counted by the kernel. */
  sockets(): Promise<number>;
  /** SIGKILL, as in a crash. `restart` brings it back with what it had on disk. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** In order, so that all it knows is on the disk; its folder stays. */
  halt(): Promise<void>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

const DOMAIN = 'willow.test';

export async function startEngine(wish: EngineWish): Promise<TestEngine> {
  const plan = await planFor(wish);
  const ear = wish.isOverheard ? await startEavesdropper(plan.port) : undefined;
  if (ear) plan.uploadsAt = `http://127.0.0.1:${ear.port}`;
  const population: Population = { people: wish.users, rooms: wish.rooms ?? [], history: wish.archive ?? [] };
  let engine = valueOf(await launchEngine(plan, population));
  const front = wish.withHttps ? await startTlsFront(Number(new URL(plan.uploadsAt ?? '').port), plan.port) : undefined;
  const relaunch = async (): Promise<RunningEngine> => valueOf(await launchEngine(plan));
  return {
    ws: webSocketAddressOf({ port: ear?.port ?? plan.port }),
    domain: plan.domain,
    conferenceDomain: conferenceDomainOf(plan.domain),
    dir: plan.directory,
    port: plan.port,
    plainPort: plan.plainPort ?? 0,
    certificate: front?.certificate ?? '',
    ear,
    get pid() {
      return engine.child.pid;
    },
    sessions: () => engine.countSessions(),
    sockets: () => countConnectionsTo(plan.port),
    kill: () => engine.child.kill(),
    restart: async () => {
      await engine.stop();
      engine = await relaunch();
    },
    halt: () => engine.stop(),
    stop: async () => {
      await front?.close();
      await ear?.stop();
      await engine.stop();
      await rm(plan.directory, { recursive: true, force: true });
    },
  };
}

async function planFor(wish: EngineWish): Promise<EnginePlan> {
  const [port = 0, adminPort = 0, plainPort = 0, tlsPort = 0] = await findFreePorts(4);
  const unpacked = wish.version ? valueOf(await newerEjabberd()) : undefined;
  return {
    kind: wish.engine,
    domain: DOMAIN,
    // People's folders have spaces and letters of their own.
    directory: await mkdtemp(join(tmpdir(), `warbler 莺 ${wish.engine}-`)),
    port,
    adminPort,
    ...(wish.withPlainSocket && { plainPort }),
    ...(wish.withHttps && { uploadsAt: `https://127.0.0.1:${tlsPort}` }),
    adminKey: randomBytes(16).toString('hex'),
    resumeSeconds: wish.resumeSeconds ?? 60,
    passwordHash: wish.passwordHash ?? 'SHA-256',
    logLevel: wish.log ?? 'info',
    ...(unpacked ? { unpacked } : {}),
  };
}
