// Lets tabs in to the core: one session each over a guarded port, and an end for each that is noticed.
import { expose, type Endpoint } from 'comlink';
import { CONTRACT_VERSION } from '../contracts/session.ts';
import { tabLockName, type FirstPage, type FirstWish } from '../contracts/port.ts';
import { BUILD } from '../base/build.ts';
import type { Clock } from '../base/clock.ts';
import type { Answer } from '../model/failure.ts';
import type { Log } from './ports.ts';
import type { Core } from './session/core.ts';
import { Answered } from './host/answered.ts';
import { AttachedTab } from './host/attached-tab.ts';
import { callsOf } from './host/calls.ts';
import type { Visitor } from './host/visitor.ts';

export interface HostFrame {
  /** The core's own Web Lock, held already: tabs wait for it to come free. */
  coreLock: string;
  clock: Clock;
  log: Log;
  /** Absent in the page itself, where tab and core die together. */
  locks?: LockManager;
  /** Ends the worker. Absent in the page itself, where nothing lies on a disk that could be locked. */
  retire?(): void;
}

/** What was just said shall arrive: to the tabs, and from a tab whose lock came free before its last words were read. */
const LAST_WORDS_MS = 50;

export interface CoreHost {
  /** What a tab is about to show, where that is in memory. */
  readFirstPage(wish: FirstWish): Promise<FirstPage | undefined>;
  accept(visitor: Visitor): void;
  isEmpty(): boolean;
  /** Ends the core in good order and shuts every port. */
  close(): Promise<void>;
}

export function hostCore(core: Core, frame: HostFrame): CoreHost {
  const tabs = new Map<AttachedTab, string>();
  const answered = new Answered<Answer<unknown>>();
  const stopListening = core.onChanged((changed) => {
    for (const tab of tabs.keys()) tab.tell(changed.topics);
  });

  function drop(tab: AttachedTab, id: string): void {
    if (!tabs.delete(tab)) return;
    tab.close();
    // A tab that reattached before its old port was missed is still there.
    if (![...tabs.values()].includes(id)) core.tabGone(id);
  }

  core.onLocked((ended) => {
    for (const tab of tabs.keys()) tab.tellLocked();
    // The heap goes with the worker: nothing else is sure to take keys and words out of it.
    void ended.then(() => frame.clock.after(LAST_WORDS_MS, () => frame.retire?.()));
  });

  return {
    readFirstPage: (wish) => core.readFirstPage(wish),
    accept(visitor) {
      const id = visitor.hello.tab;
      const watch = new AbortController();
      const leave = (): void => {
        watch.abort();
        drop(tab, id);
      };
      const tab = new AttachedTab(visitor, frame.clock, frame.log, leave);
      tabs.set(tab, id);
      expose(callsOf(core.sessionFor(id), id, answered, frame.log), tab.endpoint as unknown as Endpoint);
      if (frame.locks) awaitRelease(frame.locks, tabLockName(id), watch.signal, () => frame.clock.after(LAST_WORDS_MS, leave));
      tab.open({ warbler: 'welcome', contract: CONTRACT_VERSION, build: BUILD, coreLock: frame.coreLock, revision: 0 });
    },
    isEmpty: () => tabs.size === 0,
    async close() {
      stopListening();
      for (const [tab, id] of tabs) drop(tab, id);
      await core.close();
    },
  };
}

/** Calls back once the lock comes free: its holder has gone, however it went. */
function awaitRelease(locks: LockManager, name: string, signal: AbortSignal, released: () => void): void {
  locks.request(name, { mode: 'shared', signal }, released).catch(() => {
    // Aborted, because the tab said goodbye; or refused by a browser without storage, where only goodbyes count.
  });
}
