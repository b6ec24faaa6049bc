// State to rows. Pure: the day's words and the time of "now" come in.
import type { Gap } from '../../contracts/session.ts';
import { deliveryState, isOfOthers, type DeliveryState, type Message } from '../../model/message.ts';
import type { Row } from './rows.ts';
import type { ThreadState } from './thread-state.ts';

const GROUP_MS = 5 * 60_000;

export interface RowWishes {
  isRoom: boolean;
  /** What is above this place is new in this visit; undefined where nothing was. */
  newAbove: number | undefined;
  dayKey(at: number): number;
  dayName(at: number): string;
}

export function buildRows(state: ThreadState, wishes: RowWishes): readonly Row[] {
  const messages = state.atEnd ? [...state.messages, ...state.outbox] : state.messages;
  const gaps = new Map(state.gaps.map((gap) => [gap.below, gap]));
  const lastOwn = messages.findLast((message) => message.own && message.content !== 'keys-changed');
  const firstNew = findFirstNew(messages, wishes.newAbove);
  const breaks = messages.map((message, index) => startsRun(messages[index - 1], message, message === firstNew, gaps, wishes));
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const startsDay = !before || wishes.dayKey(before.sentAt) !== wishes.dayKey(message.sentAt);
    const gap = message.order === undefined ? undefined : gaps.get(message.order);
    const first = breaks[index] ?? true;
    const delivery = message.own && message.content !== 'keys-changed' ? deliveryState(message, state.marks) : undefined;
    return {
      message,
      ...(startsDay ? { day: wishes.dayName(message.sentAt) } : {}),
      startsNew: message === firstNew,
      ...(gap ? { gap } : {}),
      startsConversation: index === 0 && state.atStart,
      first,
      last: breaks[index + 1] ?? true,
      showsName: wishes.isRoom && first && isOfOthers(message),
      ...(delivery ? { state: delivery } : {}),
      showsState: delivery !== undefined && (message === lastOwn || isUnsettled(delivery)),
    };
  });
}

const isUnsettled = (state: DeliveryState): boolean => state === 'queued' || state === 'sending' || state === 'failed';

function findFirstNew(messages: readonly Message[], newAbove: number | undefined): Message | undefined {
  if (newAbove === undefined) return undefined;
  return messages.find((message) => isOfOthers(message) && (message.order ?? -Infinity) > newAbove);
}

function startsRun(
  before: Message | undefined,
  message: Message,
  isNew: boolean,
  gaps: ReadonlyMap<number, Gap>,
  wishes: RowWishes,
): boolean {
  if (!before || isNew || before.author !== message.author || before.own !== message.own) return true;
  if (before.content === 'keys-changed' || message.content === 'keys-changed') return true;
  if (message.order !== undefined && gaps.has(message.order)) return true;
  return Math.abs(message.sentAt - before.sentAt) > GROUP_MS || wishes.dayKey(before.sentAt) !== wishes.dayKey(message.sentAt);
}
