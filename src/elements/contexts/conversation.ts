// Which conversation is chosen. Only its id: whoever shows it reads the rest from the session.
import { createContext } from '@lit/context';
import type { ConversationId } from '../../model/conversation.ts';

export const conversationContext: { __context__: ConversationId | undefined } = createContext<ConversationId | undefined>(
  Symbol.for('warbler.conversation'),
);
