// The core without its host: one session for all tabs, and the world it was handed.
import type { Changed, Session } from '../../contracts/session.ts';
import type { CoreIdentity, FirstPage, FirstWish } from '../../contracts/port.ts';
import type { World } from '../ports.ts';
import { GatheredChanges } from './changes.ts';
import { readFirstPage } from './first-page.ts';
import { Noted } from './noted.ts';
import { SessionLife } from './session-life.ts';
import { TabSession } from './tab-session.ts';
import { Tabs } from './tabs.ts';

export interface Core {
  /** What one tab talks to. The same tab always gets the same one; `reportTab` is kept under its name. */
  sessionFor(tab: string): Session;
  /** Numbered and gathered once a tick. The answer ends the listening. */
  onChanged(listener: (changed: Changed) => void): () => void;
  /** The number of the newest change told so far: what a welcome carries. */
  revision(): number;
  /** What a tab that comes later is about to show. Undefined where nobody is signed in, or the disk is still being read. */
  readFirstPage(wish: FirstWish): Promise<FirstPage | undefined>;
  /** Everything was locked away; once `ended` settles the core has nothing left to do. */
  onLocked(listener: (ended: Promise<void>) => void): void;
  /** A tab went away or died: what it showed no longer counts. */
  tabGone(tab: string): void;
  /** Ends connection and store in good order; what is kept on disk stays there. */
  close(): Promise<void>;
}

/** A reload closes the last tab too: whoever wants everything forgotten gets it after this. */
const FORGETS_AFTER_MS = 10_000;

/** Starts at once from what the store kept. */
export function createCore(world: World, identity: CoreIdentity): Core {
  const changes = new GatheredChanges(world.clock);
  const notices = new Noted(changes);
  let forget = (): void => undefined;
  let locked: Parameters<Core['onLocked']>[0] = () => undefined;
  const tabs: Tabs = new Tabs({
    activityChanged: (isActive) => life.setActive(isActive),
    opened: (conversation) => life.current?.journal.setFact('open-conversation', conversation),
    allGone: () => {
      if (!life.isTemporary) return;
      forget = world.clock.after(FORGETS_AFTER_MS, () => void life.signOut());
    },
  });
  const life: SessionLife = new SessionLife({
    world,
    identity,
    changes,
    notices,
    isActive: () => tabs.isActive,
    shown: () => tabs.shown,
    locked: (ended) => locked(ended),
  });
  const sessions = new Map<string, Session>();
  const sessionFor = (tab: string): Session => {
    forget();
    const session = sessions.get(tab) ?? new TabSession(tab, { life, notices, tabs });
    sessions.set(tab, session);
    return session;
  };
  return {
    sessionFor,
    onChanged: (listener) => changes.listen(listener),
    revision: () => changes.revision,
    readFirstPage: async (wish) => life.current && readFirstPage(life.current, wish),
    onLocked: (listener) => void (locked = listener),
    tabGone(tab) {
      sessions.delete(tab);
      tabs.gone(tab);
    },
    async close() {
      await life.close();
    },
  };
}
