// The one writer of threads: gives a sighting its place, or recognises it, and keeps the conversation's record in step.
import type { ConversationId } from '../../model/conversation.ts';
import type { AuthorId } from '../../model/message.ts';
import type { ConversationRecord, StoredGap, StoredMessage } from '../ports.ts';
import type { ConversationBook, ConversationPatch } from './book.ts';
import type { Journal } from './journal.ts';
import type { KnownMessages } from './known-messages.ts';
import type { PendingMarks } from './pending-marks.ts';
import type { Disorder } from './reorder.ts';
import { ProtectionTally } from './sealed/protection-tally.ts';
import { layOut, movesInOrder, ROOM, type Layout, type PageHole } from './places.ts';
import { keysOf, storedAt, type Sighting } from './sighting.ts';
import { Tally } from './tally.ts';

/** A hole between what is stored and what comes now, as long as nobody knows how far it reaches. */
export interface OpenHole {
  id: string;
  /** The archive's id of the newest message above the hole; absent: it reaches to the beginning. */
  above?: string;
}

export interface HistoryNeeds {
  book: ConversationBook;
  journal: Journal;
  known: KnownMessages;
  marks: PendingMarks;
  /** What may be missing just below a message that comes live now. */
  openHole(conversation: ConversationId): OpenHole | undefined;
  /** Nothing of this conversation can be missing when its first message comes. */
  isWhole(conversation: ConversationId): boolean;
  /** New messages of others at the newest end, for receipts. Told once they are on disk. */
  arrived(message: StoredMessage, sighting: Sighting): void;
  /** A message has its place now, in the step that writes it. */
  placed(message: StoredMessage): void;
  /** What came live, or late, stands in another order than in the archive. */
  disordered(disorder: Disorder): void;
  /** What comes encrypted into this conversation turns encryption on. */
  mayTurnOn(conversation: ConversationId): boolean;
  /** The number of unread messages can only be had from the store. */
  recount(conversation: ConversationId): void;
}

export interface Page {
  conversation: ConversationId;
  /** In the archive's order. */
  sightings: readonly Sighting[];
  /** What was seen in front of this page, in the archive's order: pages come newest first, and a message may have found its place before its page. */
  newer?: readonly Sighting[];
  /** How far back the conversation is known while the page is placed; no further than its newest end where the page lies in a gap. */
  since?: number;
  hole?: PageHole & { above?: string };
  /** The archive's own id of where the page begins: from there the next one is asked for. */
  first?: string;
}

export class History {
  readonly #needs: HistoryNeeds;

  constructor(needs: HistoryNeeds) {
    this.#needs = needs;
  }

  /** A message that came now. Undefined where it was known already. */
  append(sighting: Sighting): StoredMessage | undefined {
    const { book, known } = this.#needs;
    if (known.placeOf(sighting) !== undefined) return undefined;
    const record = this.#recordFor(sighting);
    const hole = this.#needs.openHole(record.id);
    const isApart = hole !== undefined && !record.gaps.some((gap) => gap.id === hole.id);
    const order = record.top + (isApart ? ROOM : 1);
    const message = storedAt(sighting, order);
    const gaps = isApart ? [...record.gaps, newGap(hole, order, sighting.archiveId)] : record.gaps;
    book.change(record.id, { ...this.#count(record, [message]).patch, gaps, top: order });
    this.#write([message], [sighting]);
    this.#needs.journal.tellAdded({ about: 'thread', conversation: record.id });
    return message;
  }

  /** A page of the archive. */
  place(page: Page): void {
    const { book, known } = this.#needs;
    const unique = withoutTwins(page.sightings);
    const places = unique.map((sighting) => known.placeOf(sighting));
    const first = unique[0];
    const record = book.get(page.conversation) ?? (first && this.#recordFor(first));
    if (!record) return;
    const layout = layOut(
      unique.map(({ author }, at) => ({ author, place: places[at] })),
      record,
      page.hole,
    );
    const fresh = unique.flatMap((sighting, at) =>
      places[at] === undefined ? [{ sighting, message: storedAt(sighting, layout.places[at] ?? 0) }] : [],
    );
    fresh.sort((a, b) => a.message.order - b.message.order);
    const messages = fresh.map(({ message }) => message);
    const { patch, isUncertain } = this.#count(record, messages);
    book.change(record.id, { ...patch, gaps: this.#movedGaps(layout.gaps, page, unique), top: layout.top });
    if (isUncertain) this.#needs.recount(record.id);
    this.#write(
      messages,
      fresh.map(({ sighting }) => sighting),
    );
    this.#putInOrder(page, unique);
    this.#tellPlaced(record, layout, messages);
  }

  /** In ascending order. What they mean for their conversation. */
  #count(record: ConversationRecord, messages: readonly StoredMessage[]): { patch: ConversationPatch; isUncertain: boolean } {
    const tally = new Tally(record);
    const protection = new ProtectionTally(record, this.#needs.mayTurnOn(record.id));
    for (const message of messages) {
      tally.count(message);
      protection.count(message);
    }
    return { patch: { ...tally.patch(), ...protection.patch() }, isUncertain: tally.isUncertain };
  }

  /** What stands at the end is the newest; else nothing above the gaps that this page was put in front of is otherwise. */
  #tellPlaced({ id, top, gaps }: ConversationRecord, layout: Layout, messages: readonly StoredMessage[]): void {
    const [lowest, highest] = [messages[0]?.order, messages.at(-1)?.order];
    if (lowest === undefined || highest === undefined) return;
    const to = layout.top > top ? undefined : Math.max(highest, ...placesOfMoved(gaps, layout.gaps));
    this.#needs.journal.tell({ about: 'thread', conversation: id, from: lowest, ...(to !== undefined && { to }) });
  }

  /**
   * A page tells the order of what was heard while it was on its way. What it has of messages from long before was sent a second time: the
   * archive's id is not the one they were heard by, and their place stays.
   */
  heardBefore(conversation: ConversationId, page: readonly Sighting[]): void {
    const isHeard = ({ originId: _, ...bare }: Sighting): boolean => this.#needs.known.placeOf(bare) !== undefined;
    const heard = new Set(page.filter(isHeard).flatMap(keysOf));
    const sightings = page.filter((sighting) => keysOf(sighting).some((key) => heard.has(key)));
    this.#putInOrder({ conversation, sightings }, withoutTwins(sightings));
  }

  #putInOrder({ conversation, since = Infinity, newer = [] }: Page, unique: readonly Sighting[]): void {
    const sightings = newer.length === 0 ? unique : withoutTwins([...unique, ...newer]);
    const moves = (): ReturnType<Disorder['moves']> =>
      movesInOrder(
        sightings.flatMap((sighting) => {
          const place = this.#needs.known.placeOf(sighting);
          return place === undefined ? [] : [{ author: sighting.author, place }];
        }),
        (author) => this.#needs.known.placesOf(conversation, author as AuthorId),
      );
    if (moves().size > 0) this.#needs.disordered({ conversation, since, moves });
  }

  /**
   * The hole turned out to hold nothing more. Where an older hole of the archive reaches into a conversation that has no trace of it yet,
   * its gap takes the place of this one.
   */
  closeGap(conversation: ConversationId, id: string, older?: OpenHole): void {
    const record = this.#needs.book.get(conversation);
    const gap = record?.gaps.find((one) => one.id === id);
    if (!record || !gap) return;
    const isInherited = older !== undefined && !record.gaps.some((one) => one.id === older.id);
    const gaps = record.gaps.flatMap((one) => (one !== gap ? [one] : isInherited ? [newGap(older, gap.below, gap.beforeArchiveId)] : []));
    this.#needs.book.change(conversation, { gaps });
    this.#needs.journal.tell({ about: 'thread', conversation, from: gap.below, to: gap.below });
  }

  /** The beginning of the archive was reached. */
  completed(conversation: ConversationId): void {
    const record = this.#needs.book.get(conversation);
    if (!record || record.complete || record.gaps.length > 0) return;
    this.#needs.book.change(conversation, { complete: true });
    this.#needs.journal.tell({ about: 'thread', conversation, from: -Infinity, to: -Infinity });
  }

  #movedGaps(gaps: readonly StoredGap[], page: Page, sightings: readonly Sighting[]): readonly StoredGap[] {
    const before = sightings.find((sighting) => sighting.archiveId !== undefined)?.archiveId ?? page.first;
    return gaps.map((gap) => {
      if (gap.id !== page.hole?.id) return gap;
      const above = gap.afterArchiveId ?? page.hole.above;
      return { ...gap, ...(before !== undefined && { beforeArchiveId: before }), ...(above !== undefined && { afterArchiveId: above }) };
    });
  }

  #recordFor(sighting: Sighting): ConversationRecord {
    const { book } = this.#needs;
    const record = book.get(sighting.conversation);
    const isNew = !record || (record.top === 0 && record.gaps.length === 0);
    const complete = record?.complete === true || (isNew && this.#needs.isWhole(sighting.conversation));
    return book.change(sighting.conversation, { kind: sighting.kind, complete });
  }

  #write(messages: readonly StoredMessage[], sightings: readonly Sighting[]): void {
    if (messages.length === 0) return;
    const { known, journal, marks } = this.#needs;
    journal.add(messages);
    messages.forEach((message, at) => {
      known.add(message);
      marks.settle(message);
      this.#needs.placed(message);
      const sighting = sightings[at];
      if (sighting && !message.own) this.#needs.arrived(message, sighting);
    });
  }
}

const placesOfMoved = (before: readonly StoredGap[], after: readonly StoredGap[]): number[] =>
  before.map(({ below }) => below).filter((below) => !after.some((gap) => gap.below === below));

function newGap(hole: OpenHole, below: number, archiveId: string | undefined): StoredGap {
  return {
    id: hole.id,
    below,
    ...(archiveId !== undefined && { beforeArchiveId: archiveId }),
    ...(hole.above !== undefined && { afterArchiveId: hole.above }),
  };
}

/** An archive holds what was sent again twice; a broken one repeats whole results. */
function withoutTwins(sightings: readonly Sighting[]): readonly Sighting[] {
  const seen = new Set<string>();
  return sightings.filter((sighting) => {
    const keys = keysOf(sighting);
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}
