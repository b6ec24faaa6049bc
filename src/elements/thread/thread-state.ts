// What the thread holds of a conversation: one unbroken stretch of messages, and what else the core told about it. Plain data.
import type { Gap, ThreadPage } from '../../contracts/session.ts';
import { NO_MARKS, type Message } from '../../model/message.ts';
import { isSameProtection } from '../../model/protection.ts';

/** It begins as one page and grows by the next. */
export type ThreadState = ThreadPage;

export const NOTHING: ThreadState = { messages: [], outbox: [], gaps: [], marks: NO_MARKS, atStart: false, atEnd: false };

export const orderOf = (message: Message | undefined, otherwise: number): number => message?.order ?? otherwise;
export const firstOrder = (state: ThreadState): number => orderOf(state.messages[0], Infinity);
export const lastOrder = (state: ThreadState): number => orderOf(state.messages.at(-1), -Infinity);

/** Whether what stands there is loaded, as far as anything does. */
export const holdsPlace = (state: ThreadState, order: number): boolean => order >= firstOrder(state) && order <= lastOrder(state);

/** A place just below `order`, so that a page above it begins with `order` itself. */
export const justBelow = (order: number): number => order - 0.5;

export function openState(page: ThreadPage): ThreadState {
  return { messages: page.messages, outbox: page.outbox, gaps: page.gaps, marks: page.marks, atStart: page.atStart, atEnd: page.atEnd };
}

/** The page tells everything between the two places, both excluded: what we had there gives way to it. */
export function mergePage(state: ThreadState, page: ThreadPage, above: number, below: number): ThreadState {
  return {
    ...state,
    messages: mergeMessages(state.messages, page.messages, above, below),
    gaps: mergeGaps(state.gaps, page.gaps, above, below),
    outbox: keepEqual(state.outbox, page.outbox),
    marks: page.marks,
  };
}

function mergeMessages(known: readonly Message[], fresh: readonly Message[], above: number, below: number): readonly Message[] {
  const between = (message: Message): boolean => orderOf(message, 0) > above && orderOf(message, 0) < below;
  const before = known.filter((message) => orderOf(message, 0) <= above);
  const after = known.filter((message) => orderOf(message, 0) >= below);
  return [...before, ...keepEqual(known.filter(between), fresh.filter(between)), ...after];
}

/** A message that did not change stays the same object, so that nothing is scanned or drawn again for it. */
function keepEqual(known: readonly Message[], fresh: readonly Message[]): readonly Message[] {
  if (known.length === 0) return fresh;
  const byId = new Map(known.map((message) => [message.id, message]));
  return fresh.map((message) => {
    const old = byId.get(message.id);
    return old && isSame(old, message) ? old : message;
  });
}

function isSame(a: Message, b: Message): boolean {
  return (
    a.order === b.order &&
    a.text === b.text &&
    a.sentAt === b.sentAt &&
    a.authorName === b.authorName &&
    a.content === b.content &&
    a.timeCertain === b.timeCertain &&
    a.mentionsMe === b.mentionsMe &&
    a.unreadable === b.unreadable &&
    isSameProtection(a.protection, b.protection) &&
    JSON.stringify(a.outbox) === JSON.stringify(b.outbox)
  );
}

function mergeGaps(known: readonly Gap[], fresh: readonly Gap[], above: number, below: number): readonly Gap[] {
  const ids = new Set(fresh.map((gap) => gap.id));
  const kept = known.filter((gap) => (gap.below <= above || gap.below > below) && !ids.has(gap.id));
  return [...kept, ...fresh].toSorted((a, b) => a.below - b.below);
}

/** Lets go of the far side, so that the stretch stays bounded in a conversation of any length. */
export function trimState(state: ThreadState, most: number, keep: 'oldest' | 'newest'): ThreadState {
  if (state.messages.length <= most) return state;
  const messages = keep === 'oldest' ? state.messages.slice(0, most) : state.messages.slice(-most);
  const [from, to] = [orderOf(messages[0], 0), orderOf(messages.at(-1), 0)];
  return {
    ...state,
    messages,
    gaps: state.gaps.filter((gap) => gap.below >= from && gap.below <= to),
    atStart: state.atStart && keep === 'oldest',
    atEnd: state.atEnd && keep === 'newest',
  };
}
