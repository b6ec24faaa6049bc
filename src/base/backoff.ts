// How long to wait before trying again: at random below a ceiling that doubles, so that many who lost the same thing do not come back as one.

export interface Backoff {
  /** Longer in the mean with each call. */
  nextDelayMs(): number;
  /** It went well for a while: begin again with short waits. */
  reset(): void;
}

/** `random` gives a number from 0 up to 1. */
export function createBackoff(random: () => number, firstMs: number = 1000, longestMs: number = 60_000): Backoff {
  let ceilingMs = firstMs;
  return {
    nextDelayMs(): number {
      const delayMs = random() * ceilingMs;
      ceilingMs = Math.min(ceilingMs * 2, longestMs);
      return Math.round(delayMs);
    },
    reset(): void {
      ceilingMs = firstMs;
    },
  };
}
