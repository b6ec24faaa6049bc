// A conversation as plain data, and whether a list that is asked for holds it.
import type { ListQuery } from '../../src/contracts/session.ts';
import type { Conversation } from '../../src/model/conversation.ts';

export const plainConversation: Omit<Conversation, 'id'> = {
  kind: 'direct',
  title: '',
  unread: 0,
  mentioned: false,
  muted: false,
  pinned: false,
  lastActivityAt: 0,
  presence: 'available',
  standing: 'contact',
  writing: [],
  readability: 'organisation',
  encrypted: false,
};

export function matches(conversation: Conversation, { matching, only }: ListQuery): boolean {
  if (only === 'unread' && conversation.unread === 0) return false;
  if (only === 'mentioned' && !conversation.mentioned) return false;
  if (only === 'rooms' && conversation.kind !== 'room') return false;
  if (only === 'contacts' && (conversation.kind === 'room' || conversation.standing !== 'contact')) return false;
  const sought = matching?.toLocaleLowerCase() ?? '';
  return conversation.title.toLocaleLowerCase().includes(sought) || conversation.id.includes(sought);
}
