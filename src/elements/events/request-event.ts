// A request goes up from an element to whoever holds the session. Its answer comes back on the event itself.
import type { Answer } from '../../model/failure.ts';

/**
 * Bubbles out of shadow roots. `preventDefault()` takes the request over without an answer; `respondWith` takes it over and answers:
 * the element then shows what came of it. The first to take it over wins.
 */
export class RequestEvent<T> extends Event {
  #answer: Promise<Answer<T>> | undefined;
  #servedBy: unknown;

  constructor(type: string) {
    super(type, { bubbles: true, composed: true, cancelable: true });
  }

  /** `by`: whoever was called for it. Where several sessions are on a page it tells whose request this was. */
  respondWith(answer: Promise<Answer<T>>, by?: unknown): void {
    if (this.taken) return;
    this.#answer = answer;
    this.#servedBy = by;
    this.preventDefault();
  }

  get taken(): boolean {
    return this.defaultPrevented;
  }

  /** Undefined where nobody answers. */
  get answer(): Promise<Answer<T>> | undefined {
    return this.#answer;
  }

  get servedBy(): unknown {
    return this.#servedBy;
  }
}

/** What makes one kind of request: its name, and what it carries beside. */
export interface RequestKind<E extends RequestEvent<unknown>, Facts extends readonly unknown[] = []> {
  readonly type: string;
  readonly prototype: E;
  new (...facts: Facts): E;
}

export function requestKind<E extends RequestEvent<unknown>, Facts extends readonly unknown[] = []>(
  type: string,
  name: (...facts: Facts) => object = () => ({}),
): RequestKind<E, Facts> {
  return class extends RequestEvent<unknown> {
    static readonly type = type;
    constructor(...facts: Facts) {
      super(type);
      Object.assign(this, name(...facts));
    }
  } as unknown as RequestKind<E, Facts>;
}

type Kind<E> = Pick<RequestKind<RequestEvent<unknown>>, 'type'> & (abstract new (...facts: never[]) => E);

/** Answers requests with calls, where there is something to call. A request that someone below has taken over passes by. */
export function answering<Calls>(
  target: EventTarget,
  calls: () => Calls | undefined,
): <T, E extends RequestEvent<T>>(kind: Kind<E>, call: (event: E, calls: Calls) => Promise<Answer<T>>) => void {
  return (kind, call) => {
    target.addEventListener(kind.type, (event) => {
      const serving = calls();
      if (serving && event instanceof kind && !event.taken) event.respondWith(call(event, serving), serving);
    });
  };
}
