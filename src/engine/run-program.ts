// Runs a program to its end and answers with what it printed, or with its last line where it failed.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { done, trouble } from './outcome.ts';
import type { Outcome } from './outcome.ts';

export interface ProgramRun {
  program: string;
  arguments: readonly string[];
  directory?: string;
  environment?: Readonly<Record<string, string>>;
  /** Everything it prints is appended here as well. */
  logFile?: string;
}

export function runProgram(run: ProgramRun): Promise<Outcome<string>> {
  return new Promise((resolve) => {
    const child = spawn(run.program, run.arguments, {
      ...(run.directory ? { cwd: run.directory } : {}),
      env: { ...process.env, LC_ALL: 'C', ...run.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = run.logFile ? createWriteStream(run.logFile, { flags: 'a' }) : undefined;
    const printed: Record<'out' | 'both', string> = { out: '', both: '' };
    const keep = (text: string, isOutput: boolean): void => {
      if (isOutput) printed.out += text;
      printed.both += text;
      log?.write(text);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => keep(text, true));
    child.stderr.setEncoding('utf8').on('data', (text: string) => keep(text, false));
    const end = (outcome: Outcome<string>): void => {
      log?.end();
      resolve(outcome);
    };
    child.once('error', (error) => end(trouble(error.message)));
    child.once('close', (code) => end(code === 0 ? done(printed.out) : trouble(lastLineOf(printed.both, code))));
  });
}

function lastLineOf(text: string, code: number | null): string {
  return text.trimEnd().split('\n').at(-1) || `ended with code ${code}`;
}
