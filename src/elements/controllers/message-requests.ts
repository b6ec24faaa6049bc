// Turns the requests of thread and composer into session calls: at the root, or at an element with a session of its own.
import type { SessionClient } from '../../client/session-client.ts';
import type { Answer } from '../../model/failure.ts';
import {
  DiscardRequestEvent,
  DraftChangeEvent,
  GapRequestEvent,
  ReadRequestEvent,
  RetryRequestEvent,
  SendRequestEvent,
  WritingChangeEvent,
} from '../events/message-requests.ts';
import type { RequestEvent } from '../events/request-event.ts';

export type MessageCalls = Pick<
  SessionClient,
  'sendMessage' | 'retryMessage' | 'discardMessage' | 'saveDraft' | 'markRead' | 'tellWriting' | 'fillGap'
>;

type Kind<E> = { readonly type: string } & (abstract new (...args: never[]) => E);

/** A request that someone below has taken over passes by. */
export function serveMessageRequests(target: EventTarget, session: () => MessageCalls | undefined): void {
  const on = <T, E extends RequestEvent<T>>(kind: Kind<E>, call: (event: E, session: MessageCalls) => Promise<Answer<T>>): void => {
    target.addEventListener(kind.type, (event) => {
      const serving = session();
      if (serving && event instanceof kind && !event.taken) event.respondWith(call(event, serving));
    });
  };
  on(SendRequestEvent, (event, calls) => calls.sendMessage(event.conversation, event.draft));
  on(RetryRequestEvent, (event, calls) => calls.retryMessage(event.message));
  on(DiscardRequestEvent, (event, calls) => calls.discardMessage(event.message));
  on(DraftChangeEvent, (event, calls) => calls.saveDraft(event.conversation, event.text));
  on(WritingChangeEvent, (event, calls) => calls.tellWriting(event.conversation, event.writing));
  on(ReadRequestEvent, (event, calls) => calls.markRead(event.conversation, event.upTo));
  on(GapRequestEvent, (event, calls) => calls.fillGap(event.conversation, event.gap));
}
