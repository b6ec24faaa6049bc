// What nobody could open stands in its thread and says so. Once it opens, its row shows the words; where it held none, nobody is shown it.
import type { ConversationId } from '../../../model/conversation.ts';
import type { Store, StoredMessage } from '../../ports.ts';
import type { ConversationBook } from '../book.ts';
import type { Intake } from '../intake.ts';
import type { Journal } from '../journal.ts';
import type { KnownMessages } from '../known-messages.ts';
import { madeReadable } from '../made-readable.ts';
import { shownOf } from '../shown.ts';
import type { Sighting } from '../sighting.ts';
import { ProtectionTally } from './protection-tally.ts';

export interface LateRowsNeeds {
  book: ConversationBook;
  known: KnownMessages;
  intake: Intake;
  journal: Journal;
  store: Store;
  mayTurnOn(conversation: ConversationId): boolean;
  /** The number of unread messages can only be had from the store. */
  recount(conversation: ConversationId): void;
}

/** So many rows are looked through at once for the newest that is shown. */
const LOOK = 20;

export class LateRows {
  readonly #needs: LateRowsNeeds;

  constructor(needs: LateRowsNeeds) {
    this.#needs = needs;
  }

  /** `before`: as it was read while it was closed. `words`: none where it holds nothing to show. `keep` belongs into the same step. */
  async opened(before: Sighting, words: Sighting | undefined, keep: () => void): Promise<void> {
    const { intake, journal, known } = this.#needs;
    const needs = [[before.conversation, before.sentAt]] as const;
    const place = await intake.run(needs, () => known.placeOf(before));
    await journal.flush();
    const row = place === undefined ? undefined : await this.#rowAt(before.conversation, place);
    const newest = row && !words ? await this.#newestShown(row) : undefined;
    await intake.run(needs, () => {
      const isThere = row?.content === 'unreadable' && row.order === known.placeOf(before);
      if (isThere && words) this.#show(row, words);
      else if (isThere) this.#hide(row, newest);
      keep();
    });
  }

  async #rowAt(conversation: ConversationId, place: number): Promise<StoredMessage | undefined> {
    const [row] = await this.#needs.store.readAbove(conversation, place - 1, 1);
    return row;
  }

  /** What the list would show of the conversation without this row. */
  async #newestShown({ conversation, order }: StoredMessage): Promise<StoredMessage | undefined> {
    const isShown = (row: StoredMessage): boolean => row.order !== order && !row.withdrawn && row.content !== 'keys-changed';
    for (let below = Infinity; ;) {
      const rows = await this.#needs.store.readBelow(conversation, below, LOOK);
      const found = rows.findLast(isShown);
      if (found || rows.length < LOOK) return found;
      below = rows[0]?.order ?? -Infinity;
    }
  }

  #show(row: StoredMessage, words: Sighting): void {
    const { journal, book } = this.#needs;
    const { timeCertain, mentionsMe } = words;
    const opened = { ...madeReadable(row, words), timeCertain, mentionsMe };
    const record = book.get(row.conversation);
    if (record) {
      const tally = new ProtectionTally(record, this.#needs.mayTurnOn(record.id));
      tally.count(opened);
      const isNewest = opened.order >= (record.previewAt ?? record.top);
      book.change(record.id, { ...tally.patch(), ...(isNewest && shownOf(opened, record)) });
    }
    journal.change(opened);
    if (mentionsMe) this.#needs.recount(row.conversation);
    this.#tell(row);
  }

  #hide({ unreadable: _, ...row }: StoredMessage, newest: StoredMessage | undefined): void {
    const { journal, book, recount } = this.#needs;
    const record = book.get(row.conversation);
    const wasNewest = newest === undefined || newest.order < row.order;
    if (record && wasNewest) book.change(record.id, newest ? shownOf(newest, record) : { preview: undefined, previewAt: undefined });
    journal.change({ ...row, withdrawn: true });
    recount(row.conversation);
    this.#tell(row);
  }

  #tell({ conversation, order }: StoredMessage): void {
    this.#needs.journal.tell({ about: 'thread', conversation, from: order, to: order });
    this.#needs.journal.tell({ about: 'conversations' });
  }
}
