// Why nothing can be written here just now, in words; undefined where it can.
import type { Conversation } from '../../model/conversation.ts';
import type { Situation } from '../../model/situation.ts';
import type { Texts } from '../../texts/texts.ts';

export function whyClosed(texts: Texts, conversation: Conversation | undefined, situation: Situation | undefined): string | undefined {
  if (situation?.sign === 'signed-out') return texts.composerNotSignedIn;
  if (conversation?.kind === 'room' && (conversation.room?.joined === 'left' || conversation.room?.joined === 'refused'))
    return texts.composerNotMember;
  if (conversation?.standing === 'asks-for-contact') return texts.composerStranger;
  return undefined;
}

/** The network is away: what is sent waits in the outbox. */
export function isOffline(situation: Situation | undefined): boolean {
  const stage = situation?.connection.stage;
  return stage === 'waiting' || stage === 'stopped';
}
