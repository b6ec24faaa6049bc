// Whether work grows with its input or with the square of it, told by a ratio within one run and by no clock's figure.

const TIMES = 8;
/** Linear work costs 8 times as much, quadratic work 64 times. Between the two there is room for a busy machine. */
const MOST = 30;
/** Below this a clock tells nothing. */
const TICK_MS = 0.2;
const LEAST_ROUNDS = 4;
/** A machine that is busy with others gives a quiet moment in the end; quadratic work is no quicker in any. */
const MOST_ROUNDS = 40;

/** `work(size)` is run at a size and at eight times that size, in turns; the quickest of each counts. */
export function growthOf(work: (size: number) => void, size: number): { ratio: number; isLinear: boolean } {
  let [small, large, ratio] = [Infinity, Infinity, Infinity];
  for (let round = 0; round < LEAST_ROUNDS || (ratio > MOST && round < MOST_ROUNDS); round++) {
    small = Math.min(
      small,
      timeOf(() => work(size)),
    );
    large = Math.min(
      large,
      timeOf(() => work(size * TIMES)),
    );
    ratio = large / Math.max(small, TICK_MS);
  }
  return { ratio, isLinear: ratio <= MOST };
}

function timeOf(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
