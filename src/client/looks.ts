// Whether a change touches what an element shows.
import type { ConversationId } from '../model/conversation.ts';
import type { Look } from './session-client.ts';

export function concernsSituation(looks: readonly Look[]): boolean {
  return looks.some((look) => look.about === 'situation' || look.about === 'everything');
}

export function concernsConversations(looks: readonly Look[]): boolean {
  return looks.some((look) => look.about === 'conversations' || look.about === 'everything');
}

/** Whether the places up to `upTo` of a thread are touched; without it, whether any of it is. The newest end, outbox and marks always count. */
export function concernsThread(looks: readonly Look[], conversation: ConversationId, upTo: number = Infinity): boolean {
  return looks.some((look) => {
    if (look.about === 'everything') return true;
    if (look.about !== 'thread' || look.conversation !== conversation) return false;
    return look.from === undefined || look.from <= upTo;
  });
}
