// How far others and this person have come, as places in the thread. Marks only ever move forward.
import type { ConversationId } from '../../model/conversation.ts';
import type { AuthorId } from '../../model/message.ts';
import type { Store } from '../ports.ts';
import type { Mark } from './authority/marks.ts';
import type { ConversationBook } from './book.ts';
import type { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import type { KnownMessages } from './known-messages.ts';
import { PendingMarks, type MarkKind } from './pending-marks.ts';
import { shownWith } from './shown.ts';
import { archiveKey, originKey } from './sighting.ts';

export interface MarksNeeds {
  self: AuthorId;
  book: ConversationBook;
  journal: Journal;
  known: KnownMessages;
  intake: Intake;
  store: Store;
}

/** More unread messages than any badge shows. */
const MOST_COUNTED = 2_000;

export class Marks {
  readonly #needs: MarksNeeds;
  readonly pending: PendingMarks;
  readonly #recounting = new Set<ConversationId>();

  constructor(needs: MarksNeeds) {
    this.#needs = needs;
    this.pending = new PendingMarks((conversation, kind, place) => this.#reach(conversation, kind, place));
  }

  /** A receipt or marker that was accepted. Asks for the newest messages to be known first. */
  hear(mark: Mark): void {
    this.#needs.intake.push([[mark.conversation, Infinity]], () => this.apply(mark));
  }

  /** Within a step of the intake. */
  apply({ conversation, by, seen, id }: Mark): void {
    const author = by === 'other' ? this.#needs.self : (conversation as string as AuthorId);
    const kind: MarkKind = by === 'self' ? 'readUpTo' : seen ? 'displayedUpTo' : 'deliveredUpTo';
    const place = this.#needs.known.placeOfOrigin(conversation, author, id);
    if (place === undefined) this.pending.expect(conversation, originKey(author, id), kind);
    else this.#reach(conversation, kind, place);
  }

  /** What another device has read, named by the archive. */
  readElsewhere(conversation: ConversationId, archiveId: string): void {
    if (!this.#needs.book.get(conversation)) return;
    this.#needs.intake.push([[conversation, Infinity]], () => {
      const place = this.#needs.known.placeOfArchiveId(conversation, archiveId);
      if (place === undefined) this.pending.expect(conversation, archiveKey(archiveId), 'readUpTo');
      else this.#reach(conversation, 'readUpTo', place);
    });
  }

  /** Read on this device. Answers whether that is news. */
  read(conversation: ConversationId, upTo: number): boolean {
    const before = this.#needs.book.get(conversation);
    if (!before || !(upTo > before.marks.readUpTo)) return false;
    this.#reach(conversation, 'readUpTo', Math.min(upTo, before.top));
    return this.#needs.book.get(conversation)?.marks !== before.marks;
  }

  /** Once everything is on disk the unread ones are counted there. */
  recount(conversation: ConversationId): void {
    if (this.#recounting.has(conversation)) return;
    this.#recounting.add(conversation);
    this.#needs.journal.afterwards(() => void this.#count(conversation));
  }

  #reach(conversation: ConversationId, kind: MarkKind, place: number): void {
    const { book, journal } = this.#needs;
    const record = book.get(conversation);
    if (!record || place <= record.marks[kind]) return;
    const marks = { ...record.marks, [kind]: place };
    if (kind === 'displayedUpTo') marks.deliveredUpTo = Math.max(marks.deliveredUpTo, place);
    const isAllRead = kind === 'readUpTo' && place >= record.top;
    book.change(conversation, { marks, ...(isAllRead && { unread: 0, mentioned: false }), ...shownWith(marks, record) });
    if (kind === 'readUpTo' && !isAllRead && record.unread > 0) this.recount(conversation);
    journal.tell({ about: 'thread', conversation });
    journal.tell({ about: 'conversations' });
  }

  async #count(conversation: ConversationId): Promise<void> {
    this.#recounting.delete(conversation);
    const { book, store } = this.#needs;
    const before = book.get(conversation);
    if (!before) return;
    const messages = await store.readAbove(conversation, before.marks.readUpTo, MOST_COUNTED);
    const now = book.get(conversation);
    // Something came meanwhile: what was counted is not what stands now.
    if (!now || now.marks.readUpTo !== before.marks.readUpTo || now.top !== before.top) return this.recount(conversation);
    if (now.unread <= messages.length && messages.length === MOST_COUNTED) return;
    const unread = messages.filter(({ own, withdrawn, content }) => !own && !withdrawn && content !== 'keys-changed');
    book.change(conversation, { unread: unread.length, mentioned: unread.some((message) => message.mentionsMe) });
    this.#needs.journal.tell({ about: 'conversations' });
  }
}
