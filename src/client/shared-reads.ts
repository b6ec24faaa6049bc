// What several elements ask in the same moment is asked once: header, thread and composer all show the same conversation.
import type { Session } from '../contracts/session.ts';
import type { Answer } from '../model/failure.ts';

const SHARED: ReadonlySet<keyof Session> = new Set(['readSituation', 'readConversation', 'listConversations']);

export class SharedReads {
  #asked = new Map<string, Promise<Answer<unknown>>>();

  ask(name: keyof Session, args: readonly unknown[], make: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
    if (!SHARED.has(name)) return make();
    const key = JSON.stringify([name, ...args]);
    const known = this.#asked.get(key);
    if (known) return known;
    // The next moment may know better.
    if (this.#asked.size === 0) queueMicrotask(() => this.#asked.clear());
    const answer = make();
    this.#asked.set(key, answer);
    return answer;
  }
}
