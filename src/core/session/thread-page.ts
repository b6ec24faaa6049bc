// The messages around a place, with what stands between them: gaps, marks, the outbox.
import type { Gap, ThreadPage, ThreadWindow } from '../../contracts/session.ts';
import { namedAs, type Message } from '../../model/message.ts';
import type { ConversationRecord, Store, StoredMessage } from '../ports.ts';
import type { LookingBack } from '../sync/looking-back.ts';
import { placeOfTime } from '../sync/place-of-time.ts';

const MOST_ROWS = 500;

export interface ThreadPageNeeds {
  store: Store;
  lookingBack: Pick<LookingBack, 'shown'>;
  record: ConversationRecord;
  /** Nothing of it can be missing, though nothing of it is stored. */
  isWhole: boolean;
  outbox: readonly Message[];
  /** On their way to the store. */
  unstored: readonly StoredMessage[];
}

export interface ReadThread {
  page: ThreadPage;
  /** The lowest message that was looked at, and whether nothing older is stored. */
  lowest: { message: StoredMessage | undefined; isEnd: boolean };
}

export async function readThreadPage(window: ThreadWindow, needs: ThreadPageNeeds): Promise<ReadThread> {
  const { record } = needs;
  const anchor = await anchorOf(window, needs);
  const [before, after] = [countOf(window.before), countOf(window.after)];
  // One more on each side tells whether the end is reached; a numeric anchor itself is not repeated, the others lie between two messages.
  const upper = typeof window.around === 'number' ? anchor : anchor + 0.5;
  const { below, above } = await readBoth(needs, { anchor, upper, before: before + 1, after: after + 1 });
  const stored = [...(below.length > before ? below.slice(1) : below), ...above.slice(0, after)];
  const isEnd = below.length <= before;
  const page: ThreadPage = {
    messages: visibleOf(stored, needs),
    outbox: needs.outbox,
    gaps: gapsIn(stored, record, needs.lookingBack),
    marks: record.marks,
    atStart: isEnd && (record.complete || needs.isWhole),
    atEnd: above.length <= after,
  };
  return { page, lowest: { message: stored[0], isEnd } };
}

interface Stretch {
  anchor: number;
  upper: number;
  before: number;
  after: number;
}

/** What is on its way to the store stands behind what is in it, where that is read to its end. */
async function readBoth({ store, record, unstored }: ThreadPageNeeds, { anchor, upper, before, after }: Stretch): Promise<Both> {
  const [below, above] = await Promise.all([
    store.readBelow(record.id, upper, before),
    anchor === Infinity ? [] : store.readAbove(record.id, anchor, after),
  ]);
  const isToEnd = anchor === Infinity || above.length < after;
  const last = Math.max(above.at(-1)?.order ?? below.at(-1)?.order ?? -Infinity, anchor === Infinity ? -Infinity : anchor);
  const fresh = isToEnd ? unstored.filter(({ order }) => order > last).toSorted((a, b) => a.order - b.order) : [];
  if (anchor === Infinity) return { below: [...below, ...fresh].slice(-before), above };
  return { below, above: [...above, ...fresh].slice(0, after) };
}

type Both = Record<'below' | 'above', readonly StoredMessage[]>;

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

function gapsIn(page: readonly StoredMessage[], record: ConversationRecord, lookingBack: ThreadPageNeeds['lookingBack']): Gap[] {
  const [first, last] = [page[0]?.order ?? -Infinity, page.at(-1)?.order ?? Infinity];
  return lookingBack
    .shown(record)
    .filter(({ below }) => below >= first && (below <= last || below > record.top))
    .toSorted((a, b) => a.below - b.below);
}
