// The outbox as a whole, pulled again whenever a thread changed: only there does a message come and go.
import { isTouched } from '../../client/looks.ts';
import type { Look, SessionClient } from '../../client/session-client.ts';
import type { OutboxEntry } from '../../contracts/session.ts';
import type { Answer } from '../../model/failure.ts';
import { SessionSlice } from '../controllers/session-slice.ts';

export class OutboxController extends SessionSlice<readonly OutboxEntry[]> {
  protected override concerns(looks: readonly Look[]): boolean {
    return isTouched(looks, 'thread');
  }

  protected override pull(session: SessionClient): Promise<Answer<readonly OutboxEntry[]>> {
    return session.readOutbox();
  }
}
