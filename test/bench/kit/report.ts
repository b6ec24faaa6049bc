// What a measurement says: words for people, then one line of JSON for machines.
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { CHROMIUM } from '../../kit/browsers.ts';
import { ROOT } from '../../structure/source-files.ts';
import type { Spread } from './stats.ts';

export interface Row {
  /** The goal's number and what of it this is: `6 warm thread`. */
  id: string;
  unit: string;
  floor?: number;
  ours: number;
  peer?: number;
  ratio?: Spread;
  goal: string;
  pass: boolean;
  /** A run whose control strays cannot judge. */
  void?: boolean;
}

export interface Measured {
  rows: Row[];
  /** Floor against itself in the same run. Outside 0.85–1.15 the run's ratios are void. */
  control?: Spread;
  notes?: string[];
}

export const CONTROL_RANGE: readonly [number, number] = [0.85, 1.15];

export function judge(measured: Measured): Measured {
  const control = measured.control?.median;
  if (control === undefined || (control >= CONTROL_RANGE[0] && control <= CONTROL_RANGE[1])) return measured;
  return { ...measured, rows: measured.rows.map((row) => (row.ratio ? { ...row, pass: false, void: true } : row)) };
}

export function printReport(name: string, { rows, control, notes }: Measured): void {
  console.log(`\n${name}`);
  for (const row of rows) console.log(`  ${row.void ? 'VOID' : row.pass ? 'ok  ' : 'MISS'} ${describe(row)}`);
  if (control)
    console.log(`  control: floor against floor ${show(control.median)} (${show(control.p25)}–${show(control.p75)}, n=${control.n})`);
  for (const note of notes ?? []) console.log(`  ${note}`);
  console.log(JSON.stringify({ name, machine: readMachine(), versions: readVersions(), load: loadavg().map(show), control, rows }));
}

function describe(row: Row): string {
  const ratio = row.ratio ? `, ratio ${show(row.ratio.median)} (${show(row.ratio.p25)}–${show(row.ratio.p75)}, n=${row.ratio.n})` : '';
  const floor = row.floor === undefined ? '' : `, floor ${show(row.floor)}`;
  return `${row.id}: ${show(row.ours)} ${row.unit}${floor}${ratio}; goal ${row.goal}`;
}

export const show = (value: number): number => Number(value.toPrecision(4));

const readMachine = (): object => ({ cores: cpus().length, model: cpus()[0]?.model, memoryGib: Math.round(totalmem() / 2 ** 30) });

function readVersions(): object {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return { warbler: version, node: process.versions.node, chromium: execFileSync(CHROMIUM, ['--version'], { encoding: 'utf8' }).trim() };
}
