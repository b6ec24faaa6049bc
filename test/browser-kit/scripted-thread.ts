// A thread as plain data, and the pages a core would make of it.
import { foldText, foldWords } from '../../src/base/fold-text.ts';
import type { Gap, ThreadFindings, ThreadPage, ThreadSearch, ThreadWindow } from '../../src/contracts/session.ts';
import type { Message, ReadMarks } from '../../src/model/message.ts';

export interface ScriptedThread {
  messages: Message[];
  outbox: Message[];
  gaps: Gap[];
  marks: ReadMarks;
}

export function pageOf(thread: ScriptedThread, { around, before, after }: ThreadWindow): ThreadPage {
  const { messages } = thread;
  const [from, to] = rangeOf(thread, around, before, after);
  const page = messages.slice(from, to);
  const [low, high] = [page[0]?.order ?? Infinity, page.at(-1)?.order ?? -Infinity];
  return structuredClone({
    messages: page,
    outbox: thread.outbox,
    gaps: thread.gaps.filter((gap) => gap.below >= low && gap.below <= high),
    marks: thread.marks,
    atStart: from === 0,
    atEnd: to === messages.length,
  });
}

/** As many messages a step as the core looks through. */
const SEARCH_STEP = 100;

export function searchOf(thread: ScriptedThread, { words, above, below }: ThreadSearch): ThreadFindings {
  const sought = foldWords(words);
  const inside = thread.messages.filter((message) => orderOf(message) > above && orderOf(message) < below);
  const page = sought === '' ? [] : inside.slice(-SEARCH_STEP);
  const found = page
    .filter((message) => foldText(message.text).includes(sought))
    .map((message) => ({ id: message.id, order: orderOf(message) }));
  const next = inside.length > page.length && sought !== '' ? { next: orderOf(page[0]) } : {};
  return structuredClone({ found: found.toReversed(), gaps: thread.gaps.toReversed(), ...next });
}

const orderOf = (message: Message | undefined): number => message?.order ?? 0;

function rangeOf({ messages, marks }: ScriptedThread, around: ThreadWindow['around'], before: number, after: number): [number, number] {
  const end = messages.length;
  const unread = around === 'unread' ? messages.findIndex((message) => !message.own && (message.order ?? 0) > marks.readUpTo) : -1;
  if (around === 'newest' || (around === 'unread' && unread < 0)) return [Math.max(0, end - before), end];
  if (around === 'unread') return [Math.max(0, unread - before), Math.min(end, unread + after)];
  const place = typeof around === 'object' ? orderAtTime(messages, around.sentAt) : around;
  const below = lowerBound(messages, place);
  const above = messages[below]?.order === place ? below + 1 : below;
  if (before === 0) return [above, Math.min(end, above + after)];
  if (after === 0) return [Math.max(0, below - before), below];
  return [Math.max(0, below - before), Math.min(end, above + after)];
}

/** Just below the first message then or later. */
const orderAtTime = (messages: readonly Message[], sentAt: number): number =>
  (messages.find((message) => message.sentAt >= sentAt)?.order ?? Infinity) - 0.5;

function lowerBound(messages: readonly Message[], order: number): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.order ?? 0) < order) low = middle + 1;
    else high = middle;
  }
  return low;
}
