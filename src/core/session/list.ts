// The list of conversations: filtered and ordered over the records, and only what is asked for is made ready to be shown.
import type { ConversationList, ListQuery } from '../../contracts/session.ts';
import { foldText, foldWords } from '../../base/fold-text.ts';
import { compareConversations } from '../../model/conversation.ts';
import type { ConversationRecord } from '../ports.ts';
import type { AccountSession } from './account-session.ts';
import { activityOf, isListed, lastWaiting, viewConversation, type LastWaiting } from './conversation-view.ts';

const MOST_ROWS = 500;

export function listConversations(session: AccountSession, query: ListQuery): ConversationList {
  const waiting = lastWaiting(session);
  const matches = matcherOf(query);
  const found: Ranked[] = [];
  for (const record of session.book.all()) if (isListed(record, waiting) && matches(record)) found.push(rank(record, waiting));
  found.sort(compareConversations);
  const from = Math.max(0, Math.floor(query.from) || 0);
  const count = Math.max(0, Math.min(MOST_ROWS, Math.floor(query.count) || 0));
  return {
    rows: found.slice(from, from + count).map(({ record }) => viewConversation(record, session, waiting)),
    total: found.length,
    complete: !session.messages.isFirstSync,
  };
}

type Ranked = Pick<ConversationRecord, 'id' | 'pinned' | 'lastActivityAt'> & { record: ConversationRecord };

const rank = (record: ConversationRecord, waiting: LastWaiting): Ranked => ({
  id: record.id,
  pinned: record.pinned,
  lastActivityAt: activityOf(record, waiting),
  record,
});

function matcherOf({ matching, only }: ListQuery): (record: ConversationRecord) => boolean {
  const words = foldWords(matching ?? '');
  return (record) => fits(record, only) && (words === '' || foldText(record.title).includes(words) || record.id.includes(words));
}

function fits(record: ConversationRecord, only: ListQuery['only']): boolean {
  switch (only) {
    case 'unread':
      return record.unread > 0;
    case 'mentioned':
      return record.mentioned;
    case 'rooms':
      return record.kind === 'room';
    case 'contacts':
      return record.kind === 'direct' && record.standing === 'contact';
    default:
      return true;
  }
}
