// Which neighbouring blocks idle compaction folds into full, deflated ones. Pure.
import type { BlockRef } from './schema.ts';
import { FULL_BLOCK } from './block-plan.ts';
import { countOf } from './block-refs.ts';

/** A shorter tail stays fresh: folding it at every message would write a hundred messages for one. */
const WORTH_MESSAGES = 25;
const WORTH_BLOCKS = 8;
/** One step folds about this much, so that the core is soon free again. */
const STEP_MESSAGES = 8 * FULL_BLOCK;
/** A folded block below this may still grow. */
const ROOM_BELOW = 0.75 * FULL_BLOCK;

/** A run of neighbours to fold, or undefined when nothing is worth it. */
export function runToFold(refs: readonly BlockRef[]): readonly BlockRef[] | undefined {
  for (let at = 0; at < refs.length; at++) {
    if (refs[at]?.folded) continue;
    const run = freshRun(refs, at);
    if (countOf(run) >= WORTH_MESSAGES || run.length >= WORTH_BLOCKS) return withOlderNeighbour(refs, at, run);
    at += run.length - 1;
  }
  return undefined;
}

function freshRun(refs: readonly BlockRef[], start: number): BlockRef[] {
  const run: BlockRef[] = [];
  let held = 0;
  for (let at = start; held < STEP_MESSAGES; at++) {
    const ref = refs[at];
    if (!ref || ref.folded) break;
    run.push(ref);
    held += ref.count;
  }
  return run;
}

function withOlderNeighbour(refs: readonly BlockRef[], start: number, run: readonly BlockRef[]): readonly BlockRef[] {
  const older = refs[start - 1];
  return older?.folded && older.count < ROOM_BELOW ? [older, ...run] : run;
}
