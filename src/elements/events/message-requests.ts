// What thread and composer ask for. Each event's name, travel and detail are declared here, once.
import type { FileDraft } from '../../contracts/files.ts';
import type { GapId } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Draft, Message, MessageId } from '../../model/message.ts';
import { requestKind, type RequestEvent, type RequestKind } from './request-event.ts';

export type SendRequestEvent = RequestEvent<Message> & {
  readonly conversation: ConversationId;
  readonly draft: Draft | FileDraft;
};
export const SendRequestEvent: RequestKind<SendRequestEvent, [conversation: ConversationId, draft: Draft | FileDraft]> = requestKind(
  'warbler-send-request',
  (conversation, draft) => ({ conversation, draft }),
);

export type RetryRequestEvent = RequestEvent<Message> & {
  readonly message: MessageId;
};
export const RetryRequestEvent: RequestKind<RetryRequestEvent, [message: MessageId]> = requestKind('warbler-retry-request', (message) => ({
  message,
}));

export type DiscardRequestEvent = RequestEvent<void> & {
  readonly message: MessageId;
};
export const DiscardRequestEvent: RequestKind<DiscardRequestEvent, [message: MessageId]> = requestKind(
  'warbler-discard-request',
  (message) => ({ message }),
);

export type DraftChangeEvent = RequestEvent<void> & {
  readonly conversation: ConversationId;
  readonly text: string;
};
export const DraftChangeEvent: RequestKind<DraftChangeEvent, [conversation: ConversationId, text: string]> = requestKind(
  'warbler-draft-change',
  (conversation, text) => ({ conversation, text }),
);

export type ReadRequestEvent = RequestEvent<void> & {
  readonly conversation: ConversationId;
  /** The place of the newest message that was seen. */
  readonly upTo: number;
};
export const ReadRequestEvent: RequestKind<ReadRequestEvent, [conversation: ConversationId, upTo: number]> = requestKind(
  'warbler-read-request',
  (conversation, upTo) => ({ conversation, upTo }),
);

export type WritingChangeEvent = RequestEvent<void> & {
  readonly conversation: ConversationId;
  readonly writing: boolean;
};
export const WritingChangeEvent: RequestKind<WritingChangeEvent, [conversation: ConversationId, writing: boolean]> = requestKind(
  'warbler-writing-change',
  (conversation, writing) => ({ conversation, writing }),
);

export type GapRequestEvent = RequestEvent<void> & {
  readonly conversation: ConversationId;
  readonly gap: GapId;
};
export const GapRequestEvent: RequestKind<GapRequestEvent, [conversation: ConversationId, gap: GapId]> = requestKind(
  'warbler-gap-request',
  (conversation, gap) => ({ conversation, gap }),
);

/** The person wants the text of a message that failed back in the composer. Whoever holds both hands it over. */
export type EditRequestEvent = RequestEvent<void> & {
  readonly message: Message;
};
export const EditRequestEvent: RequestKind<EditRequestEvent, [message: Message]> = requestKind('warbler-edit-request', (message) => ({
  message,
}));

/** Who can read a conversation, and what can be decided about it, shall be shown. */
export type EncryptionRequestEvent = RequestEvent<void> & {
  readonly conversation: ConversationId;
};
export const EncryptionRequestEvent: RequestKind<EncryptionRequestEvent, [conversation: ConversationId]> = requestKind(
  'warbler-encryption-request',
  (conversation) => ({ conversation }),
);

/** On a narrow widget: back from the thread to the list. */
export type BackRequestEvent = RequestEvent<void>;
export const BackRequestEvent: RequestKind<BackRequestEvent> = requestKind('warbler-back-request');

/** Back to where one writes: with words to begin with, or by Escape in the thread. */
export type WriteRequestEvent = RequestEvent<void> & {
  readonly text: string | undefined;
};
export const WriteRequestEvent: RequestKind<WriteRequestEvent, [text?: string]> = requestKind('warbler-write-request', (text) => ({
  text,
}));
