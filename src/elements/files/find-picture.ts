// The picture before or behind one, in the whole conversation as far as this device has it.
import type { SessionClient } from '../../client/session-client.ts';
import type { ThreadPage } from '../../contracts/session.ts';
import type { Message } from '../../model/message.ts';
import { isPicture } from '../message/slot-size.ts';

export type PictureSource = Pick<SessionClient, 'readThread'>;

const STEP = 200;
/** Whoever looks further does it in the thread. */
const MOST_STEPS = 25;

export async function findPicture(source: PictureSource, from: Message, direction: 'earlier' | 'later'): Promise<Message | undefined> {
  const [before, after] = direction === 'earlier' ? [STEP, 0] : [0, STEP];
  let around = from.order ?? ('newest' as const);
  for (let step = 0; step < MOST_STEPS; step++) {
    const answer = await source.readThread({ conversation: from.conversation, around, before, after });
    if (!answer.ok) return undefined;
    const ahead = direction === 'earlier' ? older(answer.value, from) : newer(answer.value, from);
    const found = ahead.find(({ file }) => file !== undefined && isPicture(file));
    const furthest = ahead.findLast(({ order }) => order !== undefined)?.order;
    const isEnd = direction === 'earlier' ? answer.value.atStart : answer.value.atEnd;
    if (found || isEnd || furthest === undefined) return found;
    around = furthest;
  }
  return undefined;
}

/** What waits to be sent stands below everything that has a place; the nearest comes first. */
const older = ({ messages, outbox }: ThreadPage, from: Message): readonly Message[] =>
  from.order === undefined
    ? [...messages, ...outbox.slice(0, placeIn(outbox, from))].toReversed()
    : messages.filter(({ order = Infinity }) => order < from.order!).toReversed();

const newer = ({ messages, outbox, atEnd }: ThreadPage, from: Message): readonly Message[] =>
  from.order === undefined
    ? outbox.slice(placeIn(outbox, from) + 1)
    : [...messages.filter(({ order = Infinity }) => order > from.order!), ...(atEnd ? outbox : [])];

const placeIn = (outbox: readonly Message[], from: Message): number => outbox.findIndex(({ id }) => id === from.id);
