// How a tab and a core meet on a port: greeting, refusal, changes, farewell. Calls themselves travel by Comlink on the same port.
//   hello → welcome  ·  hello with a wish → first page → painted → welcome  ·  hello → refused
import type { Account } from '../model/account.ts';
import type { Conversation, ConversationId } from '../model/conversation.ts';
import type { LockMode } from '../model/lock.ts';
import type { Changed, Session, ThreadPage } from './session.ts';

/** Which core a tab wants. Two tabs with equal identity share one core. */
export interface CoreIdentity {
  /** The AppID, or `open` where the person names the service. Databases, workers, locks and channels of different ones never meet. */
  organisation: string;
  /** Separates two people on one site, for demos and for signing in twice. */
  profile: string;
}

export interface Hello {
  warbler: 'hello';
  contract: number;
  build: string;
  identity: CoreIdentity;
  /** Minted by the tab; it holds the Web Lock `tabLockName(tab)` for as long as it lives, from the hello or, after a wish, from `painted` on. */
  tab: string;
  /** Answered from disk before anything else is loaded: what the tab is about to show. */
  first?: FirstWish;
}

export interface FirstWish {
  /** Without one: the conversation that was open last in this profile. */
  conversation?: ConversationId;
  count: number;
}

export interface Welcome {
  warbler: 'welcome';
  contract: number;
  build: string;
  /** The Web Lock the core holds: it comes free when the core dies. */
  coreLock: string;
  /** Each tab's notices are numbered for it alone, from here. */
  revision: number;
}

/** Said instead of a welcome. The tab shows it in words. */
export interface Refused {
  warbler: 'refused';
  why: 'older-tab' | 'older-core' | 'other-identity';
  contract: number;
  build: string;
}

/** What the disk holds, or a core that runs already has in memory. It comes before the welcome. */
export interface FirstPage {
  warbler: 'first-page';
  /** Absent when nobody is signed in on this profile. */
  account?: Account;
  /** Somebody is, and all of it is locked away: nothing else is told. */
  locked?: Exclude<LockMode, 'none'>;
  conversations: readonly Conversation[];
  open?: { conversation: ConversationId; page: ThreadPage };
}

/** Everything is locked away from now on. The tab clears what it shows; this core ends, and another one waits to be unlocked. */
export interface Locked {
  warbler: 'locked';
}

export interface ChangedNotice extends Changed {
  warbler: 'changed';
}

/** From one tab to the others, where its core goes with it or has just gone: what somebody wrote and no core has confirmed. */
export interface LastWords {
  warbler: 'last-words';
  calls: readonly SpokenCall[];
}

export type SpokenCall = readonly [name: keyof Session, args: readonly unknown[]];

/** A tab goes away (or into the back-forward cache) and says so. */
export interface Goodbye {
  warbler: 'goodbye';
}

/** The first page is on the screen, or there was none to draw: everything else may be loaded now, and the tab be let in. */
export interface Painted {
  warbler: 'painted';
}

/** The tab has looked at everything up to this revision. Until then the core gathers and sends it nothing more. */
export interface Seen {
  warbler: 'seen';
  revision: number;
}

export type ToCore = Hello | Painted | Seen | Goodbye;
export type ToTab = Welcome | Refused | FirstPage | Locked | ChangedNotice | LastWords;

/** Names carry a digest, never an address or an AppID in clear. */
export const tabLockName = (tab: string): string => `warbler:tab:${tab}`;
