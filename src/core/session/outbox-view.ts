// Everything that waits or was not sent, over all conversations.
import type { OutboxEntry } from '../../contracts/session.ts';
import type { AccountSession } from './account-session.ts';

export function viewOutbox(session: AccountSession): OutboxEntry[] {
  const { book, messages } = session;
  const written = [...messages.outbox.all()].toSorted((one, other) => one.turn - other.turn);
  return written.map((record) => ({
    message: messages.outbox.asMessage(record, session.ownAuthor(record.conversation)),
    title: book.get(record.conversation)?.title ?? record.conversation,
  }));
}
