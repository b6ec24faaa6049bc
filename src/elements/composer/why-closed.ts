// Why nothing can be written here just now, in words, and the way out of it; undefined where one can write.
import type { Conversation } from '../../model/conversation.ts';
import type { Situation } from '../../model/situation.ts';
import type { Texts } from '../../texts/texts.ts';
import type { RequestEvent } from '../events/request-event.ts';
import { ContactAnswerRequestEvent, JoinRoomRequestEvent } from '../events/shell-requests.ts';

export interface Closed {
  why: string;
  ways: readonly Way[];
}

export interface Way {
  words: string;
  name: string;
  /** The way that ends it. */
  isMain: boolean;
  make(): RequestEvent<unknown>;
}

export function whyClosed(texts: Texts, conversation: Conversation | undefined, situation: Situation | undefined): Closed | undefined {
  if (situation?.sign === 'signed-out') return { why: texts.composerNotSignedIn, ways: [] };
  if (conversation?.standing === 'asks-for-contact') return { why: texts.composerStranger, ways: answerWays(texts, conversation) };
  if (conversation?.kind === 'room' && (conversation.room?.joined === 'left' || conversation.room?.joined === 'refused'))
    return { why: texts.composerNotMember, ways: [joinWay(texts, conversation)] };
  return undefined;
}

const joinWay = (texts: Texts, { id }: Conversation): Way => ({
  words: texts.joinRoom,
  name: texts.joinRoom,
  isMain: true,
  make: () => new JoinRoomRequestEvent(id),
});

const answerWays = (texts: Texts, { id, title }: Conversation): Way[] => [
  {
    words: texts.declineContact,
    name: texts.declineContactOf(title),
    isMain: false,
    make: () => new ContactAnswerRequestEvent(id, 'decline'),
  },
  { words: texts.acceptContact, name: texts.acceptContactOf(title), isMain: true, make: () => new ContactAnswerRequestEvent(id, 'accept') },
];

/** The network is away: what is sent waits in the outbox. */
export function isOffline(situation: Situation | undefined): boolean {
  const stage = situation?.connection.stage;
  return stage === 'waiting' || stage === 'stopped';
}
