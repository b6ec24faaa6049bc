// What a page holds of the session: the calls without their ids, what changed, and how the talk with the core stands.
// `attach()` in attach.ts makes one; it answers at once and finds or starts the core behind it.
import type { Failure } from '../model/failure.ts';
import type { CoreIdentity, FirstPage, FirstWish } from '../contracts/port.ts';
import type { CallId, Session, Topic } from '../contracts/session.ts';

/**
 * The session's calls as elements make them: `client.sendMessage(to, draft)`. The client mints the id, sets the deadline
 * (15 s; 45 s for `signIn`, two minutes for a file on its way to or from the disk) and repeats the call with the same id if the core dies meanwhile. They never reject for expected
 * trouble: `no-answer` after the deadline, `core-gone` when no core came back, `reload-needed` in a refused tab.
 * Calls may be made while attaching; they go out as soon as there is a core.
 */
export type SessionCalls = {
  [Name in keyof Session]: Session[Name] extends (call: CallId, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;
};

/** Where the core runs. `in-page` keeps everything in memory, and the situation says so (`storage: 'memory'`). */
export type HostKind = 'shared' | 'elected' | 'in-page';

/**
 * `attaching`: finding, starting or finding again the core. `attached`: it answers.
 * `lost`: no core came back in time; calls answer `core-gone`, and the next call tries again.
 * `refused`: tab and core are of different versions, see `failure` (`reload-needed`): ask the person to reload.
 * `locked`: everything was just locked away. Whoever shows something of it clears that at once, in hidden tabs too; a new core is found next.
 */
export type ClientState = 'attaching' | 'attached' | 'locked' | 'lost' | 'refused';

/** A topic of the core, or `everything` after a missed change or a new core: look at all you show again. */
export type Look = Topic | { about: 'everything' };

export interface SessionClient extends SessionCalls {
  readonly state: ClientState;
  /** Known once attached for the first time. */
  readonly host: HostKind | undefined;
  /** Why the state is `lost` or `refused`. */
  readonly failure: Failure | undefined;
  /** What the disk had when the page asked for it with `first`. `undefined` when there is nothing or nobody asked. Never rejects. */
  readonly firstPage: Promise<FirstPage | undefined>;
  /**
   * Told at once after a quiet moment, else once a frame, and never while the tab is hidden: everything gathered meanwhile comes when it is shown again.
   * Fetch here what you show and only that; `isTouched` says whether that is otherwise. The answer ends the subscription.
   */
  onChanged(listener: (looks: readonly Look[]) => void): () => void;
  onState(listener: (state: ClientState) => void): () => void;
  /** Says goodbye to the core and lets go of everything. Open calls answer `core-gone`. */
  dispose(): void;
}

export interface AttachOptions {
  identity: CoreIdentity;
  /** What the page is about to show, answered from disk before anything else is loaded. */
  first?: FirstWish;
  /** Settles when the first page is on the screen: until then the core loads nothing else. Without it, two frames. */
  whenPainted?: (page: FirstPage) => Promise<void>;
  /** The built worker file; default: `worker.js` beside the file this code runs from. */
  workerUrl?: string | URL;
  /** Loads the core into the page where workers are forbidden. Without it such a page has no core. */
  loadCore?: LoadCore;
  /** Hosts to try, in order. Default: shared, elected, in-page. */
  hosts?: readonly HostKind[];
}

/** Answers with a function that lets a tab in: it takes the core's end of a fresh channel. */
export type LoadCore = () => Promise<(port: MessagePort) => void>;
