// Time as a port: the real clock in production, one that tests wind by hand.

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `work` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, work: () => void): () => void;
}
