// What a tree of processes costs, read from /proc: CPU time, memory that is really theirs, wake-ups.
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

export interface ProcessFacts {
  pid: number;
  parent: number;
  command: string;
}

/** The process and everything below it. */
export function treeOf(root: number): ProcessFacts[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const kept = new Set([root]);
  for (let grew = true; grew;) {
    const found = all.filter((one) => kept.has(one.parent) && !kept.has(one.pid));
    found.forEach((one) => kept.add(one.pid));
    grew = found.length > 0;
  }
  return all.filter((one) => kept.has(one.pid));
}

function readProcess(name: string): ProcessFacts[] {
  const stat = readOr(`/proc/${name}/stat`);
  const command = readOr(`/proc/${name}/cmdline`);
  if (!stat) return [];
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [{ pid: Number(name), parent: Number(fields[1]), command: command.replaceAll('\0', ' ') }];
}

/** Milliseconds of CPU that the tree has used so far. */
export function cpuMsOf(root: number): number {
  return treeOf(root).reduce((sum, { pid }) => sum + cpuMsOfOne(pid), 0);
}

const cpuMsOfOne = (pid: number): number => cpuMsIn(readOr(`/proc/${pid}/stat`));

function cpuMsIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND || 0;
}

/** Proportional set size in MiB of those processes whose command line matches. */
export function pssMibOf(root: number, matching: RegExp): number {
  return treeOf(root)
    .filter(({ command }) => matching.test(command))
    .reduce((sum, { pid }) => sum + Number(/^Pss:\s+(\d+)/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024, 0);
}

/** How often these processes' threads woke up (voluntary context switches): of all threads, or of those whose names match. */
export function wakeUpsOf(pids: readonly number[], threads = /./): number {
  const tasks = pids.flatMap((pid) => listOr(`/proc/${pid}/task`).map((task) => readOr(`/proc/${pid}/task/${task}/status`)));
  return tasks
    .filter((status) => threads.test(/^Name:\s*(.*)/.exec(status)?.[1] ?? ''))
    .reduce((sum, status) => sum + Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1] ?? 0), 0);
}

/** CPU of these processes' threads, finer than the ten milliseconds of `cpuMsOf`. */
export function fineCpuMsOf(pids: readonly number[]): number {
  const tasks = pids.flatMap((pid) => listOr(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/schedstat`));
  return tasks.reduce((sum, path) => sum + Number(readOr(path).split(' ')[0]) / 1e6, 0);
}

/** Those of the tree that have a thread of this name: a page whose worker lives beside it. */
export function pidsWithThread(root: number, threadName: RegExp): number[] {
  const hasThread = (pid: number): boolean =>
    listOr(`/proc/${pid}/task`).some((task) => threadName.test(readOr(`/proc/${pid}/task/${task}/comm`)));
  return treeOf(root)
    .map(({ pid }) => pid)
    .filter(hasThread);
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function listOr(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** Milliseconds of CPU of the first thread of the process that also has a thread of this name: of a page whose worker lives beside it. */
export function firstThreadCpuMsBeside(root: number, threadName: RegExp): number {
  return pidsWithThread(root, threadName).reduce((sum, pid) => sum + cpuMsIn(readOr(`/proc/${pid}/task/${pid}/stat`)), 0);
}

/** Milliseconds of CPU of all threads of this name: of a worker. */
export function threadCpuMsOf(root: number, threadName: RegExp): number {
  const tasks = treeOf(root).flatMap(({ pid }) => listOr(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`));
  const found = tasks.filter((task) => threadName.test(readOr(`${task}/comm`)));
  return found.reduce((sum, task) => sum + cpuMsIn(readOr(`${task}/stat`)), 0);
}
