// Medians, quartiles, and two things measured in turns so that a slow minute hits both.

export interface Spread {
  median: number;
  p25: number;
  p75: number;
  n: number;
}

export function spread(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), p25: quantile(values, 0.25), p75: quantile(values, 0.75), n: values.length };
}

/** In whatever order they come; between two places the nearer one's share counts more. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? NaN;
  const high = sorted[Math.ceil(place)] ?? NaN;
  return low + (high - low) * (place - Math.floor(place));
}

export type Trial = () => Promise<number>;

/**
 * Runs each trial `rounds` times, in an order shuffled anew each round, and answers the values by name.
 * Give the floor twice (`floor` and `control`) and the run can say how far to trust itself.
 */
export async function interleave<Name extends string>(
  trials: Record<Name, Trial>,
  rounds: number,
  seed = 1,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(trials) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const random = randomFrom(seed);
  for (let round = 0; round < rounds; round++) {
    for (const name of shuffled(names, random)) values[name].push(await trials[name]());
  }
  return values;
}

/** Ratios round by round, so that both sides of each saw the same weather. */
export function ratios(ours: readonly number[], floor: readonly number[]): Spread {
  return spread(ours.map((value, round) => value / (floor[round] ?? NaN)));
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

/** mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
