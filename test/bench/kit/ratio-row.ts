// A row that compares ours with the floor of the same run, round by round.
import type { Row } from './report.ts';
import { ratios, spread } from './stats.ts';

export interface RatioGoal {
  unit?: string;
  /** In words; without them, so many times the floor. */
  goal?: string;
  /** The ratio's median may not be above this, or below `least`. */
  most?: number;
  least?: number;
}

export function ratioRow(id: string, ours: readonly number[], floor: readonly number[], wish: RatioGoal): Row {
  const { unit = 'ms', most = Infinity, least = 0, goal = `≤ ${most} F` } = wish;
  const ratio = ratios(ours, floor);
  return {
    id,
    unit,
    floor: spread(floor).median,
    ours: spread(ours).median,
    ratio,
    goal,
    pass: ratio.median <= most && ratio.median >= least,
  };
}
