// Makes room between two neighbours that stand side by side: what stands on the nearer side of them, up to the next hole, moves away by as many
// places. Places that are taken stay taken, only what stands there is another.
import type { ConversationId } from '../../../model/conversation.ts';
import type { ReadMarks } from '../../../model/message.ts';
import type { ConversationRecord, Store, StoredGap, StoredMessage } from '../../ports.ts';

export interface Shift {
  /** Each with its new place; those of `added` that are not in the group were there before. */
  readonly added: readonly StoredMessage[];
  readonly changed: readonly StoredMessage[];
  readonly gaps: readonly StoredGap[];
  readonly marks: ReadMarks;
  readonly encryptedFrom: number | undefined;
  readonly top: number;
}

const PAGE = 200;

interface Side {
  readonly rows: readonly StoredMessage[];
  readonly isDown: boolean;
}

/** `older` and `newer` are neighbours, and nothing is missing between them. */
export async function makeRoom(
  store: Pick<Store, 'readAbove' | 'readBelow'>,
  record: ConversationRecord,
  [older, newer]: readonly [StoredMessage, StoredMessage],
  group: readonly StoredMessage[],
): Promise<Shift> {
  const side = await nearerSide(store, record, older.order, newer.order);
  const { rows, isDown } = side;
  const edge = (isDown ? rows[0] : rows.at(-1))?.order ?? older.order;
  const fresh = group.map((_, at) => (isDown ? edge - group.length + at : edge + 1 + at));
  const places = isDown ? [...fresh, ...rows.map(({ order }) => order)] : [...rows.map(({ order }) => order), ...fresh];
  const sequence = isDown ? [...rows, ...group] : [...group, ...rows];
  const placed = sequence.map((message, at) => ({ ...message, order: places[at] ?? 0 }));
  const isFresh = new Set(fresh);
  return {
    added: placed.filter(({ order }) => isFresh.has(order)),
    changed: placed.filter(({ order }) => !isFresh.has(order)),
    gaps: record.gaps.map((gap) => (isDown && gap.below === edge ? { ...gap, below: edge - group.length } : gap)),
    ...movedMarks(record, side, group.length, places),
    top: Math.max(record.top, ...fresh),
  };
}

/** Read on both sides until one has come to its end. */
async function nearerSide(
  store: Pick<Store, 'readAbove' | 'readBelow'>,
  record: ConversationRecord,
  low: number,
  high: number,
): Promise<Side> {
  const start = Math.max(-Infinity, ...record.gaps.filter(({ below }) => below <= low).map(({ below }) => below));
  const end = Math.min(Infinity, ...record.gaps.filter(({ below }) => below > low).map(({ below }) => below));
  const down: StoredMessage[] = [];
  const up: StoredMessage[] = [];
  for (;;) {
    if (await readDown(store, record.id, down, low, start)) return { rows: down, isDown: true };
    if (await readUp(store, record.id, up, high, end)) return { rows: up, isDown: false };
  }
}

async function readDown(
  store: Pick<Store, 'readBelow'>,
  id: ConversationId,
  rows: StoredMessage[],
  low: number,
  start: number,
): Promise<boolean> {
  const page = await store.readBelow(id, rows[0]?.order ?? low + 1, PAGE);
  const inside = page.filter(({ order }) => order >= start);
  rows.unshift(...inside);
  return inside.length < PAGE;
}

async function readUp(
  store: Pick<Store, 'readAbove'>,
  id: ConversationId,
  rows: StoredMessage[],
  high: number,
  end: number,
): Promise<boolean> {
  const page = await store.readAbove(id, rows.at(-1)?.order ?? high - 1, PAGE);
  const inside = page.filter(({ order }) => order < end);
  rows.push(...inside);
  return inside.length < PAGE;
}

/** What was read, seen or encrypted before goes on being so. */
function movedMarks(
  { marks, encryptedFrom }: ConversationRecord,
  { rows, isDown }: Side,
  count: number,
  places: readonly number[],
): Pick<Shift, 'marks' | 'encryptedFrom'> {
  const newPlaceOf = (at: number): number | undefined => places[isDown ? at : at + count];
  const [first, last] = [rows[0]?.order ?? Infinity, rows.at(-1)?.order ?? -Infinity];
  const follow = (mark: number): number => {
    if (mark < first || (isDown && mark > last)) return mark;
    const at = rows.findLastIndex(({ order }) => order <= mark);
    return newPlaceOf(at) ?? mark;
  };
  const from = encryptedFrom === undefined ? -1 : rows.findIndex(({ order }) => order >= encryptedFrom);
  const isInside = encryptedFrom !== undefined && encryptedFrom >= first && from >= 0;
  return {
    marks: { deliveredUpTo: follow(marks.deliveredUpTo), displayedUpTo: follow(marks.displayedUpTo), readUpTo: follow(marks.readUpTo) },
    encryptedFrom: isInside ? newPlaceOf(from) : encryptedFrom,
  };
}
