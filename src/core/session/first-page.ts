// What a tab that joins a running core is about to show: the list's top and the thread that was open last, without the disk.
import type { FirstPage, FirstWish } from '../../contracts/port.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { MOST_SHOWN } from '../storage/shown-list.ts';
import type { AccountSession } from './account-session.ts';
import { listConversations } from './list.ts';
import { readThread } from './thread-calls.ts';

export async function readFirstPage(session: AccountSession, wish: FirstWish): Promise<FirstPage> {
  const { rows } = listConversations(session, { from: 0, count: MOST_SHOWN });
  const page: FirstPage = { warbler: 'first-page', account: session.account, conversations: rows };
  const conversation = wish.conversation ?? (await session.store.fact<ConversationId>('open-conversation'));
  const thread = conversation && (await readThread(session, { conversation, around: 'newest', before: wish.count, after: 0 }));
  return thread?.ok ? { ...page, open: { conversation: conversation as ConversationId, page: thread.value } } : page;
}
