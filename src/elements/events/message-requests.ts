// What thread and composer ask for. Each event's name, travel and detail are declared here, once.
import type { GapId } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Draft, Message, MessageId } from '../../model/message.ts';
import { RequestEvent } from './request-event.ts';

export class SendRequestEvent extends RequestEvent<Message> {
  static readonly type = 'warbler-send-request';
  readonly conversation: ConversationId;
  readonly draft: Draft;
  constructor(conversation: ConversationId, draft: Draft) {
    super(SendRequestEvent.type);
    this.conversation = conversation;
    this.draft = draft;
  }
}

export class RetryRequestEvent extends RequestEvent<Message> {
  static readonly type = 'warbler-retry-request';
  readonly message: MessageId;
  constructor(message: MessageId) {
    super(RetryRequestEvent.type);
    this.message = message;
  }
}

export class DiscardRequestEvent extends RequestEvent<void> {
  static readonly type = 'warbler-discard-request';
  readonly message: MessageId;
  constructor(message: MessageId) {
    super(DiscardRequestEvent.type);
    this.message = message;
  }
}

export class DraftChangeEvent extends RequestEvent<void> {
  static readonly type = 'warbler-draft-change';
  readonly conversation: ConversationId;
  readonly text: string;
  constructor(conversation: ConversationId, text: string) {
    super(DraftChangeEvent.type);
    this.conversation = conversation;
    this.text = text;
  }
}

export class ReadRequestEvent extends RequestEvent<void> {
  static readonly type = 'warbler-read-request';
  readonly conversation: ConversationId;
  /** The place of the newest message that was seen. */
  readonly upTo: number;
  constructor(conversation: ConversationId, upTo: number) {
    super(ReadRequestEvent.type);
    this.conversation = conversation;
    this.upTo = upTo;
  }
}

export class WritingChangeEvent extends RequestEvent<void> {
  static readonly type = 'warbler-writing-change';
  readonly conversation: ConversationId;
  readonly writing: boolean;
  constructor(conversation: ConversationId, writing: boolean) {
    super(WritingChangeEvent.type);
    this.conversation = conversation;
    this.writing = writing;
  }
}

export class GapRequestEvent extends RequestEvent<void> {
  static readonly type = 'warbler-gap-request';
  readonly conversation: ConversationId;
  readonly gap: GapId;
  constructor(conversation: ConversationId, gap: GapId) {
    super(GapRequestEvent.type);
    this.conversation = conversation;
    this.gap = gap;
  }
}

/** The person wants the text of a message that failed back in the composer. Whoever holds both hands it over. */
export class EditRequestEvent extends Event {
  static readonly type = 'warbler-edit-request';
  readonly message: Message;
  constructor(message: Message) {
    super(EditRequestEvent.type, { bubbles: true, composed: true });
    this.message = message;
  }
}

/** On a narrow widget: back from the thread to the list. */
export class BackRequestEvent extends Event {
  static readonly type = 'warbler-back-request';
  constructor() {
    super(BackRequestEvent.type, { bubbles: true, composed: true });
  }
}

/** Escape in the thread: back to where one writes. */
export class WriteRequestEvent extends Event {
  static readonly type = 'warbler-write-request';
  constructor() {
    super(WriteRequestEvent.type, { bubbles: true, composed: true, cancelable: true });
  }
}
