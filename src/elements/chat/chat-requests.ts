// Requests that concern the widget itself: which conversation, list or thread, sheet, looks.
import type { ConversationId } from '../../model/conversation.ts';
import type { Message } from '../../model/message.ts';
import { BackRequestEvent, EditRequestEvent, EncryptionRequestEvent, WriteRequestEvent } from '../events/message-requests.ts';
import {
  BeginRequestEvent,
  CloseRequestEvent,
  FindRequestEvent,
  OpenRequestEvent,
  PreferenceChangeEvent,
} from '../events/shell-requests.ts';
import type { Preferences } from './kept-view.ts';

export interface ChatRequests {
  open(conversation: ConversationId): void;
  back(): void;
  begin(kind: BeginRequestEvent['kind']): void;
  close(): void;
  find(): void;
  prefer(preferences: Preferences): void;
  /** Back to where one writes, with words to begin with. */
  write(text?: string): void;
  /** Who can read a conversation shall be shown. */
  explain(conversation: ConversationId): void;
  /** A message that failed goes back to where one writes. */
  edit(message: Message): void;
}

/** A page that called `preventDefault()` has decided otherwise. Its listeners come first where they capture. */
export function listenToChat(target: EventTarget, requests: ChatRequests): void {
  const on = (type: string, act: (event: Event) => void): void => {
    target.addEventListener(type, (event) => {
      if (!event.defaultPrevented) act(event);
    });
  };
  on(OpenRequestEvent.type, (event) => event instanceof OpenRequestEvent && requests.open(event.conversation));
  on(BackRequestEvent.type, () => requests.back());
  on(BeginRequestEvent.type, (event) => event instanceof BeginRequestEvent && requests.begin(event.kind));
  on(FindRequestEvent.type, () => requests.find());
  on(CloseRequestEvent.type, () => requests.close());
  on(WriteRequestEvent.type, (event) => event instanceof WriteRequestEvent && requests.write(event.text));
  on(EditRequestEvent.type, (event) => event instanceof EditRequestEvent && requests.edit(event.message));
  on(EncryptionRequestEvent.type, (event) => event instanceof EncryptionRequestEvent && requests.explain(event.conversation));
  on(PreferenceChangeEvent.type, (event) => event instanceof PreferenceChangeEvent && requests.prefer(event.preferences));
}
