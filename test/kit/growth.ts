// Whether work grows with its input or with the square of it, told by a ratio within one run and by no clock's figure.

const TIMES = 8;
/** Linear work costs 8 times as much, quadratic work 64 times. Between the two there is room for a busy machine. */
const MOST = 30;
/** Below this a clock tells nothing. */
const TICK_MS = 0.2;

/** `work(size)` is run at a size and at eight times that size; the quickest of a few runs counts. */
export function growthOf(work: (size: number) => void, size: number): { ratio: number; isLinear: boolean } {
  const small = quickest(() => work(size));
  const large = quickest(() => work(size * TIMES));
  const ratio = large / Math.max(small, TICK_MS);
  return { ratio, isLinear: ratio <= MOST };
}

function quickest(work: () => void): number {
  const runs = Array.from({ length: 4 }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return Math.min(...runs);
}
