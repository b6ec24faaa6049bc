// Questions that wait for their answer: who was asked, and that nobody else answers.
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { Clock } from '../../base/clock.ts';
import { bareOf, domainOf, isSameJid, resourceOf } from '../../xmpp/jid.ts';
import type { Element } from '../../xmpp/xml.ts';
import { failureOfStanza } from './stanza-failure.ts';

export const ASK_DEADLINE_MS = 20_000;

interface Request {
  to: string | undefined;
  settle(answer: Answer<Element>): void;
}

export class Requests {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Request>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  expect(id: string, to: string | undefined, deadlineMs: number): Promise<Answer<Element>> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(deadlineMs, () => settle(failed({ kind: 'no-answer' })));
      const settle = (answer: Answer<Element>): void => {
        cancel();
        this.#waiting.delete(id);
        resolve(answer);
      };
      this.#waiting.set(id, { to, settle });
    });
  }

  /** Whether this result or error was waited for, from this sender. */
  answer(iq: Element, own: string): boolean {
    const { id, type, from } = iq.attributes;
    const request = id === undefined ? undefined : this.#waiting.get(id);
    if (!request || !mayAnswer(request.to, from, own)) return false;
    request.settle(type === 'result' ? succeeded(iq) : failed(failureOfStanza(iq)));
    return true;
  }

  /** The stream they were asked on is gone, and nothing carries them over. */
  giveUp(): void {
    for (const request of [...this.#waiting.values()]) request.settle(failed({ kind: 'no-answer' }));
  }
}

/** What is asked of nobody is asked of the own account, for which the own server speaks; engines leave `from` out there. */
export function mayAnswer(to: string | undefined, from: string | undefined, own: string): boolean {
  const isAccount = to === undefined || isSameJid(to, bareOf(own));
  if (from === undefined) return isAccount || isOwnServer(to, own) || isSameJid(to, own);
  if (isAccount && isSameJid(from, bareOf(own))) return true;
  if (to === undefined) return isSameJid(from, own) || isOwnServer(from, own);
  return isSameJid(from, to);
}

const isOwnServer = (address: string, own: string): boolean => resourceOf(address) === undefined && bareOf(address) === domainOf(own);
