// Somebody's message with nothing in it.
import type { ConversationId } from '../../src/model/conversation.ts';
import type { AuthorId, Message, MessageId } from '../../src/model/message.ts';

export const plainMessage: Message = {
  id: '' as MessageId,
  conversation: 'li@warbler.example' as ConversationId,
  order: 0,
  author: 'li@warbler.example' as AuthorId,
  authorName: '李雯',
  own: false,
  text: '',
  sentAt: 0,
  timeCertain: true,
  mentionsMe: false,
  content: 'text',
};
