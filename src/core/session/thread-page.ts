// The messages around a place, with what stands between them: gaps, marks, the outbox.
import type { Gap, GapId, ThreadPage, ThreadWindow } from '../../contracts/session.ts';
import { namedAs, type Message } from '../../model/message.ts';
import type { ConversationRecord, Store, StoredMessage } from '../ports.ts';
import type { MessageSync } from '../sync/message-sync.ts';
import { placeOfTime } from '../sync/place-of-time.ts';

const MOST_ROWS = 500;

export interface ThreadPageNeeds {
  store: Store;
  messages: MessageSync;
  record: ConversationRecord;
  /** Nothing of it can be missing, though nothing of it is stored. */
  isWhole: boolean;
  outbox: readonly Message[];
}

export interface ReadThread {
  page: ThreadPage;
  /** The lowest message that was looked at, and whether nothing older is stored. */
  lowest: { message: StoredMessage | undefined; isEnd: boolean };
}

export async function readThreadPage(window: ThreadWindow, needs: ThreadPageNeeds): Promise<ReadThread> {
  const { store, record } = needs;
  const anchor = await anchorOf(window, needs);
  const [before, after] = [countOf(window.before), countOf(window.after)];
  // One more on each side tells whether the end is reached; a numeric anchor itself is not repeated, the others lie between two messages.
  const upper = typeof window.around === 'number' ? anchor : anchor + 0.5;
  const [below, above] = await Promise.all([
    store.readBelow(record.id, upper, before + 1),
    anchor === Infinity ? [] : store.readAbove(record.id, anchor, after + 1),
  ]);
  const stored = [...(below.length > before ? below.slice(1) : below), ...above.slice(0, after)];
  const isEnd = below.length <= before;
  const page: ThreadPage = {
    messages: visibleOf(stored, needs),
    outbox: needs.outbox,
    gaps: gapsIn(stored, record, needs.messages),
    marks: record.marks,
    atStart: isEnd && (record.complete || needs.isWhole),
    atEnd: above.length <= after,
  };
  return { page, lowest: { message: stored[0], isEnd } };
}

async function anchorOf({ around }: ThreadWindow, { store, record }: ThreadPageNeeds): Promise<number> {
  if (around === 'newest') return Infinity;
  if (around === 'unread') return record.marks.readUpTo;
  return typeof around === 'number' ? around : (await placeOfTime(store, record, Number(around.sentAt))) - 0.5;
}

const countOf = (wish: number): number => Math.max(0, Math.min(MOST_ROWS, Math.floor(wish) || 0));

/** What came back into the outbox is shown there; what was given up is shown nowhere. */
function visibleOf(messages: readonly StoredMessage[], { outbox, record }: ThreadPageNeeds): Message[] {
  const waiting = new Set(outbox.map((message) => message.id));
  return messages.filter((message) => !message.withdrawn && !waiting.has(message.id)).map((message) => namedAs(messageOf(message), record));
}

/** Where a file lies and how it is opened stays here. */
const messageOf = ({ fileSource: _, ...message }: StoredMessage): Message => message;

function gapsIn(page: readonly StoredMessage[], record: ConversationRecord, messages: MessageSync): Gap[] {
  const [first, last] = [page[0]?.order ?? -Infinity, page.at(-1)?.order ?? Infinity];
  return record.gaps
    .filter((gap) => messages.isGapShown(gap.id) && gap.below >= first && (gap.below <= last || gap.below > record.top))
    .map((gap) => ({ id: gap.id as GapId, below: gap.below, state: messages.filler.stateOf(record.id, gap.id) }))
    .toSorted((a, b) => a.below - b.below);
}
