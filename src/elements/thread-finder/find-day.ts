// Where a day begins in a conversation. What is missing just there is fetched, page after page, for as long as somebody wants it.
import type { SessionClient } from '../../client/session-client.ts';
import type { Gap, ThreadPage } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer, Failure } from '../../model/failure.ts';
import type { Message } from '../../model/message.ts';
import { orderOf } from '../thread/thread-state.ts';

export interface DaySearch {
  source: Pick<SessionClient, 'readThread'>;
  conversation: ConversationId;
  fill(gap: Gap): Promise<Answer<void>> | undefined;
  /** More has to be fetched before it can be told: somebody may have enough of that. */
  goesOn(): boolean;
}

export interface DayPlace {
  /** The first message then or later; undefined where there is none. */
  first: Message | undefined;
  isOnThatDay: boolean;
  /** Nothing is missing just there. */
  isCertain: boolean;
  failure?: Failure;
}

/** A few on each side: some that are stored are not shown. */
const NEAR = 5;

export async function findDay({ source, conversation, fill, goesOn }: DaySearch, from: number, to: number): Promise<DayPlace> {
  let wasToldOfAll = false;
  for (;;) {
    const answer = await source.readThread({ conversation, around: { sentAt: from }, before: NEAR, after: NEAR });
    if (!answer.ok) return { first: undefined, isOnThatDay: false, isCertain: false, failure: answer.failure };
    const { value: page } = answer;
    const first = page.messages.find((message) => message.sentAt >= from);
    const place: DayPlace = { first, isOnThatDay: first !== undefined && first.sentAt < to, isCertain: true };
    if (place.isOnThatDay) return place;
    const hole = holeBefore(page, from);
    if (hole) {
      const filled = goesOn() ? await fill(hole) : undefined;
      if (!filled?.ok) return { ...place, isCertain: false, ...(filled && { failure: filled.failure }) };
    } else if (wasToldOfAll || page.atStart || page.messages[0] !== first) return place;
    // Whoever looks at the oldest message for the first time is told only then that something is missing above it.
    wasToldOfAll = !hole;
  }
}

/** The gap between what was sent before that time and what was sent after it. */
function holeBefore({ messages, gaps }: ThreadPage, sentAt: number): Gap | undefined {
  const next = messages.findIndex((message) => message.sentAt >= sentAt);
  const before = orderOf(messages[(next < 0 ? messages.length : next) - 1], -Infinity);
  const after = next < 0 ? Infinity : orderOf(messages[next], Infinity);
  return gaps.find(({ below }) => below > before && below <= after);
}
