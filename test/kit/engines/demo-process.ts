// `npm start` as a process of its own, in a small repository that has nothing to build.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DemoFacts } from '../../../src/engine/demo.ts';

const RUNNER = fileURLToPath(new URL('../../../src/engine', import.meta.url));
const PATIENCE_MS = 40_000;

export interface SmallRepository {
  root: string;
  remove(): void;
}

/** A page, a product that is as old as its sources, and the real runner by a link. */
export function makeSmallRepository(): SmallRepository {
  const root = mkdtempSync(join(tmpdir(), 'warbler-demo-'));
  for (const folder of ['demo', 'dist', 'src']) mkdirSync(join(root, folder));
  writeFileSync(join(root, 'demo', 'index.html'), '<!doctype html><title>Two people</title>');
  for (const name of ['define.js', 'worker.js', 'embed.js']) writeFileSync(join(root, 'dist', name), `export const file = '${name}';\n`);
  symlinkSync(RUNNER, join(root, 'src', 'engine'));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

export interface DemoProcess {
  readonly pid: number;
  /** What it printed so far, errors included. */
  output(): string;
  /** The pages are served, or it ended. */
  readonly settled: Promise<'serving' | 'ended'>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  signal(name: NodeJS.Signals): void;
  facts(): Promise<DemoFacts>;
  enginePid(): number;
}

export interface DemoWish {
  arguments?: readonly string[];
  /** Instead of the search path of this process. */
  path?: string;
}

export function runDemoProcess(root: string, wish: DemoWish = {}): DemoProcess {
  const script = join(root, 'src', 'engine', 'start.ts');
  const child = spawn(process.execPath, ['--preserve-symlinks', '--preserve-symlinks-main', script, ...(wish.arguments ?? [])], {
    env: { ...process.env, ...(wish.path === undefined ? {} : { PATH: wish.path }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const home = (): string | undefined => /Open\s+(http\S+)/.exec(printed)?.[1];
  const folder = (): string => /Data\s+(\S+)/.exec(printed)?.[1] ?? '';
  return {
    pid: child.pid ?? -1,
    output: () => printed,
    settled: untilSettled(child, () => printed.includes('Ctrl-C')),
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal }))),
    signal: (name) => void child.kill(name),
    facts: async () => (await fetch(`${home()}demo.json`)).json() as Promise<DemoFacts>,
    enginePid: () => (JSON.parse(readFileSync(join(folder(), 'demo.json'), 'utf8')) as { enginePid: number }).enginePid,
  };
}

function untilSettled(child: ChildProcess, isServing: () => boolean): Promise<'serving' | 'ended'> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    const settle = (how: 'serving' | 'ended'): void => {
      clearTimeout(patience);
      resolve(how);
    };
    child.stdout?.on('data', () => isServing() && settle('serving'));
    child.once('close', () => settle('ended'));
  });
}
