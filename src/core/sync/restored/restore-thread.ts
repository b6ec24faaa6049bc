// Brings a kept thread back into the one that is here, whatever the archive has given of it meanwhile. One step at a time, each a commit of its
// own, so that a restore which ends anywhere can simply be done again.
//   known already ──▶ made readable where it could not be read; gaps that the backup spans are closed
//   not known     ──▶ between its neighbours, by what both know of the order, else by time; other things move where there is no room
import type { ConversationId } from '../../../model/conversation.ts';
import { succeeded, type Answer } from '../../../model/failure.ts';
import type { ReadMarks } from '../../../model/message.ts';
import type { BackupConversation, BackupItem } from '../../backup-ports.ts';
import type { ConversationRecord, Store, StoredMessage } from '../../ports.ts';
import type { ConversationBook, ConversationPatch } from '../book.ts';
import type { Intake } from '../intake.ts';
import type { Journal } from '../journal.ts';
import type { KnownMessages } from '../known-messages.ts';
import { madeReadable } from '../made-readable.ts';
import { shownOf, shownWith } from '../shown.ts';
import { checkKeptFile } from '../shared-file.ts';
import { placeOfTime } from '../place-of-time.ts';
import { ROOM } from '../places.ts';
import { ProtectionTally } from '../sealed/protection-tally.ts';
import { keysOf } from '../sighting.ts';
import { makeRoom } from './make-room.ts';
import { placeGroup, type Spot } from './place-group.ts';

export interface RestoreThreadNeeds {
  book: ConversationBook;
  journal: Journal;
  known: KnownMessages;
  intake: Intake;
  store: Store;
  mintId(): string;
  /** Nothing of this conversation can be missing. */
  isWhole(conversation: ConversationId): boolean;
  recount(conversation: ConversationId): void;
  /** What is sealed there turns encryption on. */
  mayTurnOn(conversation: ConversationId): boolean;
}

export interface RestoredCount {
  added: number;
  recovered: number;
}

/** What a step writes, worked out beside everything else: it counts only if nothing else was written meanwhile. */
interface Plan {
  readonly added: readonly StoredMessage[];
  readonly changed: readonly StoredMessage[];
  readonly patch: ConversationPatch;
  /** How many items it deals with. */
  readonly count: number;
  readonly recovered: number;
  /** A line without any id, that stands here already. */
  readonly twin?: StoredMessage;
}

const PAGE = 100;
/** So many neighbours are looked at before what came first goes first. */
const SCAN = 50;

export class RestoredThread {
  readonly #needs: RestoreThreadNeeds;
  readonly #kept: BackupConversation;
  readonly #count: RestoredCount = { added: 0, recovered: 0 };
  /** What the backup had before the next item. */
  #before: StoredMessage | undefined;
  /** The newest item that each mark of the backup covers. */
  readonly #marked = new Map<keyof ReadMarks, StoredMessage>();
  #wasEmpty = true;

  constructor(needs: RestoreThreadNeeds, kept: BackupConversation) {
    this.#needs = needs;
    this.#kept = kept;
  }

  get count(): RestoredCount {
    return this.#count;
  }

  /** Before its messages. What was decided here since is not undone, and what is encrypted stays so. */
  begin(): void {
    const { book } = this.#needs;
    const { id, kind, title, muted, pinned, draft, encryption, room } = this.#kept;
    const before = book.get(id);
    this.#wasEmpty = (before?.top ?? 0) === 0;
    book.change(id, {
      ...(!before && { kind, title, ...(room && { room: { ...room, autojoin: false } }) }),
      ...(muted && { muted }),
      ...(pinned && { pinned }),
      ...(draft !== undefined && before?.draft === undefined && { draft }),
      ...(encryption === 'on' && before?.encryption === undefined && { encryption, encryptedFrom: (before?.top ?? 0) + 1 }),
    });
  }

  /** Ascending, behind what was taken before. */
  async take(kept: readonly BackupItem[]): Promise<Answer<void>> {
    const items = kept.map(({ message, ...rest }) => ({ ...rest, message: checkKeptFile(message) }));
    for (let at = 0; at < items.length;) {
      const step = await this.#step(items, at);
      if (!step.ok) return step;
      for (const { message } of items.slice(at, at + step.value)) this.#pass(message);
      at += step.value;
    }
    return this.#needs.journal.flush();
  }

  /** All its messages are here. */
  async end(): Promise<Answer<void>> {
    const { book, intake, known, journal, recount } = this.#needs;
    const { id } = this.#kept;
    await intake.run([[id, -Infinity]], () => {
      const record = book.get(id);
      if (!record) return;
      const marks = { ...record.marks };
      for (const [mark, message] of this.#marked) marks[mark] = Math.max(marks[mark], known.placeOf(message) ?? -Infinity);
      book.change(id, { marks, ...shownWith(marks, record), ...this.#openEnd(record) });
      recount(id);
      journal.tell({ about: 'thread', conversation: id });
      journal.tell({ about: 'conversations' });
    });
    return journal.flush();
  }

  /** Where there was nothing, and the archive was not read to its beginning, something may have come after the backup. */
  #openEnd(record: ConversationRecord): ConversationPatch {
    const isOpen = this.#wasEmpty && record.kind === 'direct' && record.top > 0 && !this.#needs.isWhole(record.id);
    if (!isOpen || record.gaps.some(({ below }) => below >= record.top)) return {};
    const below = record.top + ROOM;
    return { gaps: [...record.gaps, { id: `backup-${this.#needs.mintId()}`, below }], top: below };
  }

  #pass(message: StoredMessage): void {
    this.#before = message;
    for (const mark of ['deliveredUpTo', 'displayedUpTo', 'readUpTo'] as const)
      if (message.order <= this.#kept.marks[mark]) this.#marked.set(mark, message);
  }

  /** Answers how many items it dealt with. Repeated until nothing else was written between reading and writing. */
  async #step(items: readonly BackupItem[], at: number): Promise<Answer<number>> {
    const { journal, intake, book, known } = this.#needs;
    const { id } = this.#kept;
    for (;;) {
      const written = journal.written;
      const flushed = await journal.flush();
      if (!flushed.ok) return flushed;
      const seen = await intake.run([[id, -Infinity]], () => ({
        record: book.get(id) ?? book.change(id, {}),
        places: items.map(({ message }) => known.placeOf(message)),
        before: this.#before && known.placeOf(this.#before),
      }));
      const plan = await this.#plan(items, at, seen);
      const isDone = await intake.run([[id, -Infinity]], () => {
        if (journal.written !== written || book.get(id) !== seen.record) return false;
        this.#write(seen.record, plan);
        return true;
      });
      if (isDone) return succeeded(plan.count);
    }
  }

  #plan(items: readonly BackupItem[], at: number, seen: Seen): Promise<Plan> {
    return seen.places[at] === undefined ? this.#planNew(items, at, seen) : this.#planKnown(items, at, seen);
  }

  /** Up to the next one that is not known. */
  async #planKnown(items: readonly BackupItem[], at: number, { record, places, before }: Seen): Promise<Plan> {
    const end = places.findIndex((place, index) => index >= at && place === undefined);
    const run = items.slice(at, end < 0 ? undefined : end);
    const rows = await this.#rowsAt(places.slice(at, at + run.length) as number[]);
    const changed = run.flatMap(({ message }, index) => {
      const row = rows.get(places[at + index] ?? NaN);
      return row?.content === 'unreadable' && message.content === 'text' ? [madeReadable(row, message)] : [];
    });
    const spans = run.map(({ gap }, index) => [index === 0 ? before : places[at + index - 1], places[at + index], gap] as const);
    const gaps = record.gaps.filter(
      ({ below }) => !spans.some(([low, high, gap]) => !gap && low !== undefined && high !== undefined && low < below && below <= high),
    );
    const isShorter = gaps.length < record.gaps.length;
    return { added: [], changed, patch: isShorter ? { gaps } : {}, count: run.length, recovered: changed.length };
  }

  /** Those that stand between the same two neighbours. */
  async #planNew(items: readonly BackupItem[], at: number, { record, places, before }: Seen): Promise<Plan> {
    const anchor = places.find((place, index): place is number => index > at && place !== undefined && place > (before ?? -Infinity));
    const first = items[at]!.message;
    const { older, newer } = await this.#neighbours(record, before, anchor ?? Infinity, first.sentAt);
    const twin = [older, newer].find((row) => row !== undefined && isTwin(row, first));
    if (twin) return { added: [], changed: [], patch: {}, count: 1, recovered: 0, twin: { ...first, order: twin.order } };
    const end = items.findIndex(
      ({ message }, index) =>
        index > at && (places[index] !== undefined || (newer !== undefined && newer.order !== anchor && message.sentAt >= newer.sentAt)),
    );
    const group = items.slice(at, end < 0 ? undefined : end);
    const next = items[at + group.length];
    const isFirst = this.#before === undefined;
    const spot: Spot = {
      older,
      newer,
      followsOlder: isFirst ? this.#kept.complete : items[at]!.gap === undefined,
      meetsNewer: next !== undefined && next.gap === undefined,
      isOpenBelow: !record.complete && !this.#needs.isWhole(record.id),
    };
    return this.#planGroup(record, group, spot);
  }

  async #planGroup(record: ConversationRecord, group: readonly BackupItem[], spot: Spot): Promise<Plan> {
    const { store, mintId } = this.#needs;
    const conversation = record.id;
    const messages = group.map(({ message }) => ({ ...message, conversation }));
    const placed = placeGroup(group, spot, record, mintId);
    if (placed) {
      const added = messages.map((message, index) => ({ ...message, order: placed.places[index] ?? 0 }));
      const top = Math.max(record.top, ...placed.places);
      const patch = { gaps: placed.gaps, top, ...(placed.isBeginning && { complete: true }) };
      return { added, changed: [], patch, count: group.length, recovered: 0 };
    }
    if (!spot.older || !spot.newer) throw new Error('Only two neighbours can stand side by side');
    const { added, changed, ...patch } = await makeRoom(store, record, [spot.older, spot.newer], messages);
    return { added, changed, patch, count: group.length, recovered: 0 };
  }

  /** Between what the backup had before and what it has next; what else stands there is ordered by time. */
  async #neighbours(
    record: ConversationRecord,
    before: number | undefined,
    anchor: number,
    sentAt: number,
  ): Promise<Pick<Spot, 'older' | 'newer'>> {
    const { store } = this.#needs;
    if (before === undefined) {
      const place = Math.min(anchor, await placeOfTime(store, record, sentAt));
      const [[older], [newer]] = await Promise.all([store.readBelow(record.id, place, 1), store.readAbove(record.id, place - 1, 1)]);
      return { older, newer };
    }
    let [older] = await store.readAbove(record.id, before - 1, 1);
    for (;;) {
      const page = await store.readAbove(record.id, older?.order ?? before, SCAN);
      for (const row of page) {
        if (row.order >= anchor || row.sentAt > sentAt) return { older, newer: row };
        older = row;
      }
      if (page.length < SCAN) return { older, newer: undefined };
    }
  }

  async #rowsAt(places: readonly number[]): Promise<Map<number, StoredMessage>> {
    const rows = new Map<number, StoredMessage>();
    for (const place of places.toSorted((a, b) => a - b)) {
      if (rows.has(place)) continue;
      for (const row of await this.#needs.store.readAbove(this.#kept.id, place - 1, PAGE)) rows.set(row.order, row);
    }
    return rows;
  }

  #write(record: ConversationRecord, { added, changed, patch, recovered, twin }: Plan): void {
    const { book, journal, known, mayTurnOn } = this.#needs;
    const all = [...added, ...changed];
    const fresh = all.filter((message) => known.placeOf(message) === undefined);
    const protection = new ProtectionTally({ ...record, ...patch } as ConversationRecord, mayTurnOn(record.id));
    for (const message of recovered > 0 ? changed : fresh) protection.count(message);
    if (added.length > 0) journal.add(added);
    for (const message of changed) journal.change(message);
    for (const message of all) {
      if (known.placeOf(message) === undefined) known.add(message);
      else known.move(message);
    }
    if (twin) known.add(twin);
    const newest = all.toSorted((a, b) => a.order - b.order).at(-1);
    book.change(record.id, { ...patch, ...protection.patch(), ...newestShown(newest, record) });
    this.#count.added += recovered > 0 ? 0 : fresh.filter(({ content }) => content !== 'keys-changed').length;
    this.#count.recovered += recovered;
    if (all.length > 0 || patch.gaps) this.#tell(record, all);
  }

  #tell({ id, top }: ConversationRecord, written: readonly StoredMessage[]): void {
    const places = written.map(({ order }) => order);
    const [from, to] = [Math.min(...places, Infinity), Math.max(...places, -Infinity)];
    this.#needs.journal.tell({
      about: 'thread',
      conversation: id,
      ...(from !== Infinity && to < top ? { from, to } : { from: Math.min(from, top) }),
    });
  }
}

interface Seen {
  readonly record: ConversationRecord;
  readonly places: readonly (number | undefined)[];
  readonly before: number | undefined;
}

function newestShown(newest: StoredMessage | undefined, record: ConversationRecord): ConversationPatch {
  if (!newest || newest.content === 'keys-changed' || newest.withdrawn) return {};
  if (record.preview !== undefined && newest.order < (record.previewAt ?? record.top)) return {};
  return { ...shownOf(newest, record), lastActivityAt: Math.max(record.lastActivityAt, newest.sentAt) };
}

const isTwin = (row: StoredMessage, kept: StoredMessage): boolean =>
  keysOf(row).length === 0 && row.sentAt === kept.sentAt && row.author === kept.author && row.content === kept.content;
