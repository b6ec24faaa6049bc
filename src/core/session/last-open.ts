// What a tab showed when all was locked: it forgets that itself, so it is kept here, sealed like everything else.
import type { ConversationId } from '../../model/conversation.ts';
import { succeeded, type Answer } from '../../model/failure.ts';
import type { AccountSession } from './account-session.ts';

/** By the names of the tabs, which live on while it is locked. */
export type LeftOpen = Readonly<Record<string, ConversationId>>;

export const keepLeftOpen = ({ journal }: Pick<AccountSession, 'journal'>, left: LeftOpen): void => journal.setFact('left-open', left);

export async function readLastOpen(
  { store, book }: Pick<AccountSession, 'store' | 'book'>,
  tab: string,
): Promise<Answer<ConversationId | undefined>> {
  const left = await store.fact<LeftOpen>('left-open');
  const open = left && Object.hasOwn(left, tab) ? left[tab] : await store.fact<ConversationId>('open-conversation');
  return succeeded(open !== undefined && book.get(open) ? open : undefined);
}
