// Calls on their way: an id and a deadline each, repeated with the same id when a new core is found.
import type { Session } from '../contracts/session.ts';
import type { SpokenCall } from '../contracts/port.ts';
import { failed, type Answer, type Failure } from '../model/failure.ts';

const DEADLINE_MS = 15_000;
const WITH_FILES = /^(?:send|read)File$|^(?:keep|read)Staged$/;
const SLOW_DEADLINE_MS = 45_000;
/** Signing in asks an engine; what concerns the lock takes as long as it is meant to. */
const SLOW = /^(signIn|unlock|setLock)$/;
/** A large file is sealed onto the disk, or opened from there. */
const FILE_DEADLINE_MS = 120_000;
const WORDS = /^(?:sendMessage|saveDraft)$/;
/** A call that has seen so many cores die may be what kills them. */
const MOST_SENDINGS = 3;

export type SendCall = (name: keyof Session, id: string, args: readonly unknown[]) => Promise<Answer<unknown>>;

type Timer = ReturnType<typeof setTimeout> | undefined;

interface OpenCall {
  name: keyof Session;
  args: readonly unknown[];
  resolve(answer: Answer<unknown>): void;
  reject(defect: unknown): void;
  timer: Timer;
  sendings: number;
}

export class OpenCalls {
  #open = new Map<string, OpenCall>();
  #send: SendCall | undefined;
  #unanswered: () => void;

  /** `unanswered` hears of each deadline that passed although a core was there. */
  constructor(unanswered: () => void) {
    this.#unanswered = unanswered;
  }

  make(name: keyof Session, args: readonly unknown[]): Promise<Answer<unknown>> {
    return new Promise((resolve, reject) => {
      const id = crypto.randomUUID();
      const call: OpenCall = { name, args, resolve, reject, timer: undefined, sendings: 0 };
      this.#open.set(id, call);
      this.#startDeadline(id, call);
      this.#sendOne(id, call);
    });
  }

  /** Repeats what is unanswered, in the order it was asked. */
  attach(send: SendCall): void {
    this.#send = send;
    for (const [id, call] of this.#open) this.#sendOne(id, call);
  }

  detach(): void {
    this.#send = undefined;
  }

  failAll(failure: Failure): void {
    for (const id of this.#open.keys()) this.#take(id)?.resolve(failed(failure));
  }

  /** What somebody wrote and nobody has confirmed. */
  get words(): SpokenCall[] {
    return [...this.#open.values()].flatMap(({ name, args }) => (WORDS.test(name) ? [[name, args] as const] : []));
  }

  /** After the page was frozen: time it slept does not count. */
  restartDeadlines(): void {
    for (const [id, call] of this.#open) this.#startDeadline(id, call);
  }

  #sendOne(id: string, call: OpenCall): void {
    if (!this.#send) return;
    call.sendings += 1;
    if (call.sendings > MOST_SENDINGS) return this.#take(id)?.resolve(failed({ kind: 'core-gone' }));
    this.#send(call.name, id, call.args).then(
      (answer) => this.#take(id)?.resolve(answer),
      (defect: unknown) => this.#take(id)?.reject(defect),
    );
  }

  #startDeadline(id: string, call: OpenCall): void {
    clearTimeout(call.timer);
    call.timer = setTimeout(() => this.#giveUp(id), deadlineOf(call.name));
  }

  #giveUp(id: string): void {
    const isAttached = this.#send !== undefined;
    this.#take(id)?.resolve(failed({ kind: isAttached ? 'no-answer' : 'core-gone' }));
    if (isAttached) this.#unanswered();
  }

  #take(id: string): OpenCall | undefined {
    const call = this.#open.get(id);
    if (call) clearTimeout(call.timer);
    this.#open.delete(id);
    return call;
  }
}

function deadlineOf(name: keyof Session): number {
  if (WITH_FILES.test(name)) return FILE_DEADLINE_MS;
  return SLOW.test(name) ? SLOW_DEADLINE_MS : DEADLINE_MS;
}
