// The core without its host: one session for all tabs, and the world it was handed.
import type { Changed, Session } from '../../contracts/session.ts';
import type { CoreIdentity } from '../../contracts/port.ts';
import type { World } from '../ports.ts';

export interface Core {
  /** What one tab talks to. The same tab always gets the same one; `reportTab` is kept under its name. */
  sessionFor(tab: string): Session;
  /** Numbered and gathered once a tick. The answer ends the listening. */
  onChanged(listener: (changed: Changed) => void): () => void;
  /** The number of the newest change told so far: what a welcome carries. */
  revision(): number;
  /** A tab went away or died: what it showed no longer counts. */
  tabGone(tab: string): void;
  /** Ends connection and store in good order; what is kept on disk stays there. */
  close(): Promise<void>;
}

/** Starts at once from what the store kept. */
export type CreateCore = (world: World, identity: CoreIdentity) => Core;
