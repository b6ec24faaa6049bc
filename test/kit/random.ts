// A small seeded source of chance: the same seed tells the same story, so that a failure can be repeated.

export interface Chance {
  /** 0 up to below `end`. */
  below(end: number): number;
  oneOf<T>(choices: readonly T[]): T;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return { below, oneOf: (choices) => choices[below(choices.length)]! };
}
