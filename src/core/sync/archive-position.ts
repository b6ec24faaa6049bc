// How far this device knows the account's archive: the newest message it has reached, and the holes that are left above it.
import type { OpenHole } from './history.ts';

export interface Hole extends OpenHole {
  /** The archive's id of the oldest message fetched below the hole; absent as long as no page has come. */
  below?: string;
}

export interface PositionFact {
  reached?: string;
  /** Oldest first. */
  holes: readonly Hole[];
  /** The beginning of the archive has been reached once. */
  whole: boolean;
}

const NOWHERE: PositionFact = { holes: [], whole: false };

/** Two servers' processes may write a moment apart what they deliver the other way round: what is this fresh may still get a neighbour. */
const SETTLES_AFTER_MS = 5_000;

export class ArchivePosition {
  #fact: PositionFact = NOWHERE;
  #candidate: { id: string; at: number } | undefined;
  readonly #changed: (fact: PositionFact) => void;

  constructor(changed: (fact: PositionFact) => void) {
    this.#changed = changed;
  }

  /** What the disk holds. */
  load(fact: PositionFact | undefined): void {
    this.#fact = fact ?? NOWHERE;
  }

  get fact(): PositionFact {
    return this.#fact;
  }

  /** The hole that opened with the stream that lives now, if it is still one. */
  get newestHole(): Hole | undefined {
    return this.#fact.holes.at(-1);
  }

  isWhole(): boolean {
    return this.#fact.whole && this.#fact.holes.length === 0;
  }

  /** Everything was fetched anew: nothing is known any more. */
  forget(): void {
    this.#set(NOWHERE);
  }

  /** Something of what had been fetched is gone: that the beginning was once reached says nothing any more. */
  notWhole(): void {
    if (this.#fact.whole) this.#set({ ...this.#fact, whole: false });
  }

  /** Up to where the archive is known, or up to where it was at an earlier moment. */
  openHole(id: string, above: string | undefined = this.#fact.reached): Hole {
    const { reached, holes } = this.#fact;
    const hole: Hole = { id, ...(above !== undefined && { above }) };
    this.#candidate = undefined;
    this.#set({ ...this.#fact, holes: [...holes.map((one) => boundedBy(one, reached)), hole] });
    return hole;
  }

  moveHole(id: string, below: string): void {
    this.#set({ ...this.#fact, holes: this.#fact.holes.map((hole) => (hole.id === id ? { ...hole, below } : hole)) });
  }

  /** Answers the names of all holes that are closed by this: one from which nothing was fetched reaches no further up than the next. */
  closeHole(id: string, isBeginning: boolean): readonly string[] {
    const closed = this.#fact.holes.find((hole) => hole.id === id);
    const isClosed = (hole: Hole): boolean => hole.id === id || (hole.below === undefined && hole.above === closed?.above) || isBeginning;
    const names = this.#fact.holes.filter(isClosed).map((hole) => hole.id);
    this.#set({ ...this.#fact, holes: this.#fact.holes.filter((hole) => !isClosed(hole)), whole: this.#fact.whole || isBeginning });
    return names;
  }

  /** The newest message of the archive has come. */
  advance(id: string, now: number): void {
    const candidate = this.#candidate;
    if (this.#fact.reached === undefined) this.#set({ ...this.#fact, reached: id });
    else if (candidate && now - candidate.at >= SETTLES_AFTER_MS) this.#set({ ...this.#fact, reached: candidate.id });
    else if (candidate) return;
    this.#candidate = { id, at: now };
  }

  /** Certain: it is old enough. */
  reach(id: string): void {
    if (this.#fact.reached !== id) this.#set({ ...this.#fact, reached: id });
  }

  #set(fact: PositionFact): void {
    this.#fact = fact;
    this.#changed(fact);
  }
}

/** A hole of which no page came, though something was heard since: it lies above that, and the next hole below. */
const boundedBy = (hole: Hole, reached: string | undefined): Hole =>
  hole.below === undefined && reached !== undefined && reached !== hole.above ? { ...hole, below: reached } : hole;
