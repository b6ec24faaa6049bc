// The contacts that fit what is typed.
import { isTouched } from '../../client/looks.ts';
import type { Look, SessionClient } from '../../client/session-client.ts';
import type { ConversationList } from '../../contracts/session.ts';
import type { Answer } from '../../model/failure.ts';
import { SessionSlice } from '../controllers/session-slice.ts';

/** Whoever has more of them finds the others by name. */
const MOST_SHOWN = 200;

export class GuestListController extends SessionSlice<ConversationList> {
  #matching = '';

  get matching(): string {
    return this.#matching;
  }

  seek(matching: string): void {
    this.#matching = matching;
    void this.refresh();
  }

  protected override concerns(looks: readonly Look[]): boolean {
    return isTouched(looks, 'conversations');
  }

  protected override pull(session: SessionClient): Promise<Answer<ConversationList>> {
    return session.listConversations({ from: 0, count: MOST_SHOWN, only: 'contacts', matching: this.#matching });
  }
}
