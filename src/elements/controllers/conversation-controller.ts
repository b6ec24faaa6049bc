// One conversation as the header, the thread and the composer show it.
import { isTouched } from '../../client/looks.ts';
import type { Look, SessionClient } from '../../client/session-client.ts';
import type { Conversation, ConversationId } from '../../model/conversation.ts';
import type { Answer } from '../../model/failure.ts';
import { SessionSlice } from './session-slice.ts';

export class ConversationController extends SessionSlice<Conversation> {
  #id: ConversationId | undefined;

  /** Idempotent: elements call it in every `willUpdate`. */
  show(session: SessionClient | undefined, id: ConversationId | undefined): void {
    if (id !== this.#id) {
      this.follow(undefined);
      this.#id = id;
    }
    this.follow(id === undefined ? undefined : session);
  }

  protected override concerns(looks: readonly Look[]): boolean {
    return isTouched(looks, 'conversations');
  }

  protected override pull(session: SessionClient): Promise<Answer<Conversation>> {
    if (this.#id === undefined) throw new Error('a conversation is pulled only while it is shown');
    return session.readConversation(this.#id);
  }

  protected override accept(value: Conversation): void {
    // An answer for the conversation before this one may still come in.
    if (value.id === this.#id) this.value = value;
  }
}
