// Chance that repeats itself: a number from a seed and a place, the same on every machine.

/** 32 bits, well mixed. Not for secrets. */
export function mix(seed: number, ...places: readonly number[]): number {
  let state = seed >>> 0;
  for (const place of places) {
    state = Math.imul(state ^ (place >>> 0), 0x9e37_79b1);
    state = Math.imul(state ^ (state >>> 15), 0x85eb_ca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2_ae35);
    state = (state ^ (state >>> 16)) >>> 0;
  }
  return state;
}

export function pick<T>(items: readonly T[], chance: number): T {
  const item = items[chance % items.length];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

/** Each number below `count` once, in an order that the seed decides. */
export function shuffled(count: number, seed: number, round: number): number[] {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = mix(seed, round, at) % (at + 1);
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}
