// What the buttons under a failed message ask for.
import {
  DiscardRequestEvent,
  EditRequestEvent,
  EncryptionRequestEvent,
  RetryRequestEvent,
  WriteRequestEvent,
} from '../events/message-requests.ts';
import type { FailureActions } from './failure-line.ts';

export function failureActions(from: EventTarget, discarded: () => void): FailureActions {
  return {
    retry: (message) => void from.dispatchEvent(new RetryRequestEvent(message.id)),
    edit: (message) => void from.dispatchEvent(new EditRequestEvent(message)),
    encryption: (message) => void from.dispatchEvent(new EncryptionRequestEvent(message.conversation)),
    write: (text) => void from.dispatchEvent(new WriteRequestEvent(text)),
    discard(message) {
      from.dispatchEvent(new DiscardRequestEvent(message.id));
      discarded();
    },
  };
}
