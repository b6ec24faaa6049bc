// One running demo: engine, pages, and what a person must know of them. `start.ts` puts it on a terminal, tests on a page.
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { ensureBuild } from './demo-build.ts';
import { claimFolder, emptyFolder, outlive, recall, remember } from './demo-folder.ts';
import type { DemoFolder } from './demo-folder.ts';
import type { DemoOptions } from './demo-options.ts';
import { serveDemo } from './demo-server.ts';
import { serveSources } from './demo-sources.ts';
import type { SourceServer } from './demo-sources.ts';
import { describeEnd, launchEngine } from './engine.ts';
import type { RunningEngine } from './engine.ts';
import { findFreePorts, isPortFree } from './network.ts';
import { done, trouble } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { conferenceDomainOf, webSocketAddressOf } from './plan.ts';
import type { EnginePlan } from './plan.ts';
import { ensurePrograms } from './programs.ts';
import { COLLEAGUES, DEMO_DOMAIN, ROOMS } from './seed/organisation.ts';
import { demoPopulation } from './seed/population.ts';

export interface DemoPlace {
  /** The repository. */
  root: string;
  /** Where data, logs and configuration go. `.run` in the repository without a wish. */
  run?: string;
  say?: (line: string) => void;
}

export interface DemoFacts {
  services: readonly string[];
  domain: string;
  conferenceDomain: string;
  engine: string;
  /** This site, and the product as another site offers it. */
  home: string;
  otherSite: string;
  embed: string;
  accounts: readonly { address: string; password: string; name: string; label: string }[];
  rooms: readonly { address: string; title: string }[];
}

export interface Demo {
  facts: DemoFacts;
  /** Below it lie data and logs. */
  folder: string;
  /** It was begun by this start. */
  isNew: boolean;
  engine: RunningEngine;
  /** Settles with a sentence when the engine ends although nobody asked it to. */
  engineDied: Promise<string>;
  stop(): Promise<void>;
}

export async function startDemo(options: DemoOptions, place: DemoPlace): Promise<Outcome<Demo>> {
  const run = place.run ?? join(place.root, '.run');
  const say = place.say ?? (() => {});
  if (options.port !== undefined && !(await isPortFree(options.port))) return trouble(portTaken(options.port));
  const ensured = await ensurePrograms([options.engine], { logFile: join(run, 'install.log'), say });
  if (!ensured.ok) return ensured;
  const folder = await claimFolder(run, options.engine);
  const [built, started] = await Promise.all([
    options.dev ? done(undefined) : ensureBuild(place.root, say),
    startEngineIn(folder, options),
  ]);
  if (!started.ok) return (folder.release(), started);
  const abandon = (said: string): Promise<Outcome<Demo>> => started.value.engine.stop().then(() => (folder.release(), trouble(said)));
  if (!built.ok) return abandon(built.said);
  const sites = await serveSites(options, place.root, started.value);
  if (!sites.ok) return abandon(sites.said);
  return done(demoOf(folder, started.value, sites.value));
}

const portTaken = (port: number): string => `Port ${port} is taken by another program: choose another with --port, or none for a free one.`;

// ---- the engine ----

interface Started {
  engine: RunningEngine;
  isNew: boolean;
  /** Of the demo, of the other site, and of the development server's reloading. */
  ports: readonly [number, number, number];
}

async function startEngineIn(folder: DemoFolder, options: DemoOptions): Promise<Outcome<Started>> {
  const known = options.fresh ? undefined : recall(folder.path);
  await outlive((known ?? recall(folder.path))?.enginePid, folder.path);
  if (!known) await emptyFolder(folder.path);
  const [home = 0, other = 0, reload = 0, port = 0, adminPort = 0] = await choosePorts(known?.ports ?? [], options.port);
  const launched = await launchEngine(planIn(folder, options, port, adminPort), known ? undefined : demoPopulation(Date.now()));
  if (!launched.ok) return launched;
  const engine = launched.value;
  await remember(folder.path, { filled: true, ports: [home, other, reload, port, adminPort], enginePid: engine.child.pid });
  return done({ engine, isNew: !known, ports: [home, other, reload] });
}

function planIn(folder: DemoFolder, options: DemoOptions, port: number, adminPort: number): EnginePlan {
  return {
    kind: options.engine,
    domain: DEMO_DOMAIN,
    directory: join(folder.path, 'engine'),
    port,
    adminPort,
    adminKey: randomBytes(16).toString('hex'),
    resumeSeconds: 300,
    passwordHash: 'SHA-256',
    logLevel: 'info',
  };
}

/** The ports of last time where they are still free, so that a browser finds what it keeps for this address. */
async function choosePorts(last: readonly number[], home: number | undefined): Promise<number[]> {
  const free = await findFreePorts(5);
  const kept = await Promise.all(free.map(async (port, at) => ((await isStillFree(last[at])) ? last[at] : port)));
  const ports = kept.map((port) => port ?? 0);
  return home === undefined ? ports : [home, ...ports.slice(1)];
}

const isStillFree = async (port: number | undefined): Promise<boolean> => port !== undefined && (await isPortFree(port));

// ---- the pages ----

interface Sites {
  facts: DemoFacts;
  servers: readonly Server[];
  sources: SourceServer | undefined;
}

async function serveSites(options: DemoOptions, root: string, started: Started): Promise<Outcome<Sites>> {
  const [home, other, reload] = started.ports;
  const pages = join(root, 'demo');
  const facts = factsOf(started.engine.plan, home, other);
  const sources = options.dev ? await serveSources(root, pages, reload) : undefined;
  const site = { pages, product: join(root, 'dist'), facts, ...(sources ? { first: sources.first } : {}) };
  const servers = [await serveDemo({ ...site, port: home }), await serveDemo({ ...site, port: other })];
  const running = servers.filter((server) => server !== undefined);
  if (running.length === servers.length) return done({ facts, servers: running, sources });
  for (const server of running) server.close();
  await sources?.close();
  return trouble(portTaken(servers[0] ? other : home));
}

function factsOf(plan: EnginePlan, home: number, other: number): DemoFacts {
  return {
    services: [webSocketAddressOf(plan)],
    domain: plan.domain,
    conferenceDomain: conferenceDomainOf(plan.domain),
    engine: plan.kind,
    home: `http://127.0.0.1:${home}/`,
    otherSite: `http://127.0.0.1:${other}/`,
    embed: `http://127.0.0.1:${other}/warbler/`,
    accounts: COLLEAGUES.map(({ name, password, displayName, label }) => ({
      address: `${name}@${plan.domain}`,
      password,
      name: displayName,
      label,
    })),
    rooms: ROOMS.map(({ name, title }) => ({ address: `${name}@${conferenceDomainOf(plan.domain)}`, title })),
  };
}

function endServer(server: Server): void {
  server.close();
  server.closeAllConnections();
}

function demoOf(folder: DemoFolder, { engine, isNew }: Started, { facts, servers, sources }: Sites): Demo {
  let stopping = false;
  return {
    facts,
    folder: folder.path,
    isNew,
    engine,
    engineDied: engine.child.ended.then(() => (stopping ? new Promise<string>(() => {}) : describeEnd(engine))),
    stop: async () => {
      stopping = true;
      for (const server of servers) endServer(server);
      await Promise.all([engine.stop(), sources?.close()]);
      folder.release();
    },
  };
}
