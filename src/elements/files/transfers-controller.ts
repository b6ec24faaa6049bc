// Files of one conversation that travel, failed or are here.
import { isTouched } from '../../client/looks.ts';
import type { Look, SessionClient } from '../../client/session-client.ts';
import type { Transfer } from '../../contracts/files.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer } from '../../model/failure.ts';
import { SessionSlice } from '../controllers/session-slice.ts';

export class TransfersController extends SessionSlice<readonly Transfer[]> {
  #conversation: ConversationId | undefined;

  /** Idempotent. */
  show(session: SessionClient | undefined, conversation: ConversationId): void {
    this.#conversation = conversation;
    this.follow(session);
  }

  protected override concerns(looks: readonly Look[]): boolean {
    return isTouched(looks, 'transfers', ({ conversation }) => conversation === this.#conversation);
  }

  protected override pull(session: SessionClient): Promise<Answer<readonly Transfer[]>> {
    if (this.#conversation === undefined) throw new Error('transfers are pulled only while they are shown');
    return session.readTransfers(this.#conversation);
  }
}
