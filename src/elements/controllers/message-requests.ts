// Turns the requests of thread and composer into session calls: at the root, or at an element with a session of its own.
import type { SessionClient } from '../../client/session-client.ts';
import {
  DiscardRequestEvent,
  DraftChangeEvent,
  GapRequestEvent,
  ReadRequestEvent,
  RetryRequestEvent,
  SendRequestEvent,
  WritingChangeEvent,
} from '../events/message-requests.ts';
import { answering } from '../events/request-event.ts';

export type MessageCalls = Pick<
  SessionClient,
  'sendMessage' | 'sendFile' | 'retryMessage' | 'discardMessage' | 'saveDraft' | 'markRead' | 'tellWriting' | 'fillGap'
>;

export function serveMessageRequests(target: EventTarget, session: () => MessageCalls | undefined): void {
  const on = answering(target, session);
  on(SendRequestEvent, ({ conversation, draft }, calls) =>
    'file' in draft ? calls.sendFile(conversation, draft) : calls.sendMessage(conversation, draft),
  );
  on(RetryRequestEvent, (event, calls) => calls.retryMessage(event.message));
  on(DiscardRequestEvent, (event, calls) => calls.discardMessage(event.message));
  on(DraftChangeEvent, (event, calls) => calls.saveDraft(event.conversation, event.text));
  on(WritingChangeEvent, (event, calls) => calls.tellWriting(event.conversation, event.writing));
  on(ReadRequestEvent, (event, calls) => calls.markRead(event.conversation, event.upTo));
  on(GapRequestEvent, (event, calls) => calls.fillGap(event.conversation, event.gap));
}
