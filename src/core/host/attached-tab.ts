// One tab that was let in: its guarded calls, its notices, and how its end is noticed.
import type { Locked, Welcome } from '../../contracts/port.ts';
import type { Topic } from '../../contracts/session.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../ports.ts';
import { Guard } from './guard.ts';
import { Notices } from './notices.ts';
import type { Visitor } from './visitor.ts';

type CallListener = (event: { data: unknown }) => void;

/** The end of the port that the calls listen on. It hears only what the guard admits. */
export interface GuardedEndpoint {
  addEventListener(type: string, listener: CallListener): void;
  removeEventListener(type: string, listener: CallListener): void;
  postMessage(message: unknown): void;
}

export class AttachedTab {
  #visitor: Visitor;
  #guard: Guard;
  #log: Log;
  #notices: Notices;
  #listener: CallListener | undefined;
  #left: () => void;

  /** `left` is called once it says goodbye or turns out to be hostile. */
  constructor(visitor: Visitor, clock: Clock, log: Log, left: () => void) {
    this.#visitor = visitor;
    this.#guard = new Guard(clock);
    this.#log = log;
    this.#notices = new Notices((notice) => visitor.post(notice));
    this.#left = left;
  }

  get endpoint(): GuardedEndpoint {
    return {
      addEventListener: (_type, listener) => void (this.#listener = listener),
      removeEventListener: () => void (this.#listener = undefined),
      postMessage: (message) => this.#visitor.post(message),
    };
  }

  /** Call it when the endpoint is listened on: what came meanwhile is heard at once. */
  open(welcome: Welcome): void {
    this.#visitor.post(welcome);
    this.#visitor.follow((event) => this.#hear(event));
  }

  tell(topics: readonly Topic[]): void {
    this.#notices.tell(topics);
  }

  tellLocked(): void {
    const locked: Locked = { warbler: 'locked' };
    this.#visitor.post(locked);
  }

  close(): void {
    this.#listener = undefined;
    this.#visitor.close();
  }

  #hear(event: MessageEvent): void {
    const data = event.data as { warbler?: unknown; revision?: unknown } | null | undefined;
    if (data?.warbler === 'seen') return this.#notices.seen(data.revision);
    if (data?.warbler === 'goodbye') return this.#left();
    const judgement = this.#guard.judge(data, event.ports.length > 0);
    if (this.#guard.isHostile()) {
      this.#log.error('a port was shut: it kept sending what no tab sends', { tab: this.#visitor.hello.tab });
      return this.#left();
    }
    if (judgement === 'drop') return;
    if ('answer' in judgement) return this.#visitor.post(judgement.answer);
    this.#listener?.({ data: judgement.admit });
  }
}
