// The demo for a test: engine, people, pages and product in a folder of its own, gone when the test is.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemo, type DemoFacts } from '../../src/engine/demo.ts';
import { launchEngine } from '../../src/engine/engine.ts';
import { countConnectionsTo } from '../../src/engine/network.ts';
import { valueOf } from '../../src/engine/outcome.ts';
import type { EngineKind } from '../../src/engine/plan.ts';

const ROOT: string = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export interface DemoSite {
  readonly facts: DemoFacts;
  /** Everything engine and runner write. */
  readonly folder: string;
  readonly service: string;
  /** What is served: the folder of pages, and the folder of the built product. */
  readonly pages: string;
  readonly product: string;
  /** Streams the engine holds, those that wait to be resumed included. */
  sessions(): Promise<number>;
  /** Sockets to the engine, counted by the kernel. */
  sockets(): Promise<number>;
  /** SIGKILL. Pages and product are still served. */
  killEngine(): Promise<void>;
  restartEngine(): Promise<void>;
  stop(): Promise<void>;
}

export type DemoAccount = DemoFacts['accounts'][number];

export async function openDemo(engine: EngineKind = 'prosody'): Promise<DemoSite> {
  const run = await mkdtemp(join(tmpdir(), 'warbler-e2e-'));
  const started = await startDemo({ engine, fresh: true, dev: false, help: false }, { root: ROOT, run });
  if (!started.ok) await rm(run, { recursive: true, force: true });
  const demo = valueOf(started);
  const { plan } = demo.engine;
  let running = demo.engine;
  return {
    facts: demo.facts,
    folder: demo.folder,
    service: demo.facts.services.join(' '),
    pages: join(ROOT, 'demo'),
    product: join(ROOT, 'dist'),
    sessions: () => running.countSessions(),
    sockets: () => countConnectionsTo(plan.port),
    killEngine: () => running.child.kill(),
    restartEngine: async () => {
      await running.stop();
      running = valueOf(await launchEngine(plan));
    },
    stop: async () => {
      await Promise.all([running.stop(), demo.stop()]);
      await rm(run, { recursive: true, force: true });
    },
  };
}

/** A person by the part of the address before the @. */
export function personOf({ facts }: DemoSite, name: string): DemoAccount {
  const found = facts.accounts.find(({ address }) => address.startsWith(`${name}@`));
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}
