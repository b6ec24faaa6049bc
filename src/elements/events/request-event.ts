// A request goes up from an element to whoever holds the session. Its answer comes back on the event itself.
import type { Answer } from '../../model/failure.ts';

/**
 * Bubbles out of shadow roots. `preventDefault()` takes the request over without an answer; `respondWith` takes it over and answers:
 * the element then shows what came of it. The first to take it over wins.
 */
export abstract class RequestEvent<T> extends Event {
  #answer: Promise<Answer<T>> | undefined;

  constructor(type: string) {
    super(type, { bubbles: true, composed: true, cancelable: true });
  }

  respondWith(answer: Promise<Answer<T>>): void {
    if (this.taken) return;
    this.#answer = answer;
    this.preventDefault();
  }

  get taken(): boolean {
    return this.defaultPrevented;
  }

  /** Undefined where nobody answers. */
  get answer(): Promise<Answer<T>> | undefined {
    return this.#answer;
  }
}
