// An engine as a child process on a leash: it lives no longer than this process, however this one ends.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** ejabberd takes about one second. */
const PATIENCE_MS = 4_000;

export interface EngineChild {
  readonly pid: number;
  /** Settles when the process is gone. */
  readonly ended: Promise<ChildEnd>;
  isAlive(): boolean;
  /** SIGTERM, and SIGKILL where that is not heard. */
  stop(): Promise<void>;
  /** SIGKILL: for tests of sudden death. */
  kill(): Promise<void>;
}

export interface ChildEnd {
  code: number | null;
  signal: string | null;
  /** The program could not even be started. */
  error?: string;
}

export interface Command {
  program: string;
  arguments: readonly string[];
  environment: Readonly<Record<string, string>>;
  directory: string;
  /** Output of the process itself, appended. */
  outputFile: string;
  /** How long SIGTERM may take. */
  patienceMs?: number;
}

/**
 * The leash is the child's standard input, a pipe that only this process holds: the kernel closes it when we die, even by
 * SIGKILL, and the engine stops by itself when it reads the end.
 */
export function startChild(command: Command): EngineChild {
  const output = openSync(command.outputFile, 'a');
  const child = spawn(command.program, command.arguments, {
    cwd: command.directory,
    env: { ...process.env, ...command.environment },
    stdio: ['pipe', output, output],
    // A group of its own: Ctrl-C at the terminal reaches us, and we stop the engine in order.
    detached: true,
  });
  closeSync(output);
  const ended = endOf(child);
  child.stdin?.on('error', () => {});
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null && child.pid !== undefined;
  const kill = async (): Promise<void> => {
    if (isAlive()) child.kill('SIGKILL');
    await ended;
  };
  return { pid: child.pid ?? -1, ended, isAlive, kill, stop: () => stopInOrder(child, isAlive, ended, command.patienceMs ?? PATIENCE_MS) };
}

function endOf(child: ChildProcess): Promise<ChildEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error: error.message }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

async function stopInOrder(child: ChildProcess, isAlive: () => boolean, ended: Promise<ChildEnd>, patienceMs: number): Promise<void> {
  if (!isAlive()) return;
  child.kill('SIGTERM');
  const lastResort = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(lastResort);
}
