// `npm run measure -- NAME [--quick] [--only=PART,PART]`: floor and ours in one run, as docs/performance.md explains. Without a name: the list.
import { runBuild } from '../structure/run-build.ts';
import { judge, printReport, type Measured } from './kit/report.ts';

export interface MeasureOptions {
  quick: boolean;
  /** Of a measurement with several parts, these alone. */
  only: readonly string[] | undefined;
}

export type Measurement = (options: MeasureOptions) => Promise<Measured>;

const MEASUREMENTS: Readonly<Record<string, () => Promise<{ measure: Measurement }>>> = {
  size: () => import('./size.ts'),
  startup: () => import('./startup.ts'),
  tabs: () => import('./tabs.ts'),
  idle: () => import('./idle.ts'),
  scroll: () => import('./scroll.ts'),
  flights: () => import('./flights.ts'),
  storage: () => import('./storage.ts'),
  catchup: () => import('./catchup.ts'),
  live: () => import('./live.ts'),
  latency: () => import('./latency.ts'),
  growth: () => import('./growth.ts'),
  encryption: () => import('./encryption.ts'),
  files: () => import('./files.ts'),
};

const [name = '', ...flags] = process.argv.slice(2).filter((word) => word !== '--');
const load = MEASUREMENTS[name];
if (!load) {
  console.log(`npm run measure -- NAME [--quick] [--only=PART,…], where NAME is one of: ${Object.keys(MEASUREMENTS).join(', ')}`);
  process.exit(name === '' ? 0 : 2);
}
await runBuild();
const { measure } = await load();
const only = flags
  .find((flag) => flag.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const measured = judge(await measure({ quick: flags.includes('--quick'), only }));
printReport(name, measured);
process.exit(measured.rows.every((row) => row.pass) ? 0 : 1);
