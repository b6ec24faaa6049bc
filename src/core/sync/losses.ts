// What the disk lost is known to be lost here too: the gap is shown, nothing of it counts as known, and the archive is asked again.
//   the store gave something up ──look──▶ records read again from it ──▶ gap in the book, windows forgotten ──▶ newest end asked for at once
import type { ConversationId } from '../../model/conversation.ts';
import type { Notice } from '../../model/situation.ts';
import { complain } from '../complain.ts';
import type { ConversationRecord, Log, OpenedStore, StoredLoss } from '../ports.ts';
import type { ArchivePosition } from './archive-position.ts';
import type { ConversationBook } from './book.ts';
import type { GapFiller } from './gap-filler.ts';
import type { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import type { KnownMessages } from './known-messages.ts';
import type { Outbox } from './outbox.ts';

export interface LossNeeds {
  store: OpenedStore;
  book: ConversationBook;
  journal: Journal;
  log: Log;
  now(): number;
  isOnline(): boolean;
  notice(notice: Notice): void;
  /** The whole database went: what is only in memory must be written again. */
  everythingLost(): void;
}

export interface LossParts {
  known: KnownMessages;
  intake: Intake;
  filler: GapFiller;
  position: ArchivePosition;
  outbox: Outbox;
}

type LostMessages = Extract<StoredLoss, { what: 'messages' }>;

export class Losses {
  readonly #needs: LossNeeds;
  readonly #parts: LossParts;
  #seen = 0;
  #chain: Promise<unknown> = Promise.resolve();

  constructor(needs: LossNeeds, parts: LossParts) {
    this.#needs = needs;
    this.#parts = parts;
  }

  /** To be called after the store was used. Costs nothing where nothing was lost. */
  look(): void {
    const losses = this.#needs.store.losses();
    if (losses.length === this.#seen) return;
    const fresh = losses.slice(this.#seen);
    this.#seen = losses.length;
    this.#tell(fresh);
    this.#chain = this.#chain
      .then(() => this.#takeOver(fresh))
      .catch((defect: unknown) => complain(this.#needs.log, 'a loss was not taken over', defect));
  }

  /** What is being taken over has been. */
  settled(): Promise<unknown> {
    return this.#chain;
  }

  /** A stream lives: what is missing at the newest end is asked for; other gaps wait until somebody looks there. */
  onOnline(): void {
    for (const { id, kind, gaps, top } of [...this.#needs.book.all()]) {
      // A room is asked once we are in it.
      if (kind === 'room') continue;
      for (const gap of gaps) if (gap.below > top && gap.beforeArchiveId === undefined) void this.#parts.filler.fill(id, gap.id);
    }
  }

  #tell(losses: readonly StoredLoss[]): void {
    const { notice, now } = this.#needs;
    const isRefetched = ({ what, why }: StoredLoss): boolean => why === 'unreadable' && !['outbox', 'fact', 'keys'].includes(what);
    if (losses.some(isRefetched)) notice({ kind: 'history-refetched', since: now() });
    if (losses.some(({ why }) => why === 'trimmed')) notice({ kind: 'history-trimmed' });
    if (losses.some(({ what }) => what === 'outbox')) notice({ kind: 'outbox-lost' });
  }

  async #takeOver(losses: readonly StoredLoss[]): Promise<void> {
    const { position } = this.#parts;
    if (losses.some(({ what }) => what === 'everything')) return this.#beginAnew();
    // Which conversation it was cannot be read any more: the archive tells.
    if (losses.some(({ what }) => what === 'conversation')) position.forget();
    const lost = losses.filter((loss): loss is LostMessages => loss.what === 'messages');
    if (lost.length === 0) return;
    position.notWhole();
    const records = new Map((await this.#needs.store.conversations()).map((record) => [record.id, record]));
    for (const { conversation } of lost) {
      const record = conversation === undefined ? undefined : records.get(conversation);
      if (record) await this.#correct(record);
    }
    if (this.#needs.isOnline()) this.onOnline();
  }

  /** The store's record says what is missing; all else the book knows better. */
  async #correct(stored: ConversationRecord): Promise<void> {
    const { book, journal, store } = this.#needs;
    const [lowest] = await store.readAbove(stored.id, -Infinity, 1);
    await this.#forget(stored.id);
    const record = book.get(stored.id);
    if (!record) return;
    const added = stored.gaps.filter((gap) => !record.gaps.some((one) => one.id === gap.id) && gap.id.startsWith('lost-'));
    const isStill = (below: number, id: string): boolean =>
      below > (lowest?.order ?? -Infinity) || stored.gaps.some((one) => one.id === id);
    const gaps = [...record.gaps.filter((gap) => isStill(gap.below, gap.id)), ...added];
    const isSame = added.length === 0 && gaps.length === record.gaps.length;
    book.change(stored.id, { complete: record.complete && stored.complete, ...(!isSame && { gaps }) });
    journal.tell({ about: 'thread', conversation: stored.id, from: Math.min(lowest?.order ?? 0, ...added.map((gap) => gap.below)) });
  }

  /** Only what is on disk may be forgotten: it is read again from there, and what was lost comes again as new. */
  async #forget(conversation: ConversationId): Promise<void> {
    const { journal } = this.#needs;
    const { intake, known } = this.#parts;
    for (let isForgotten = false; !isForgotten;) {
      if (!(await journal.flush()).ok) return;
      isForgotten = await intake.run([], () => {
        if (!journal.isClean()) return false;
        known.forget(conversation);
        return true;
      });
    }
  }

  async #beginAnew(): Promise<void> {
    const { book, journal, everythingLost } = this.#needs;
    const { position, known, outbox } = this.#parts;
    position.forget();
    for (const { id, top } of [...book.all()]) {
      known.forget(id);
      book.change(id, { complete: false, gaps: top > 0 ? [{ id: `lost-${top + 1}`, below: top + 1 }] : [], ...(top === 0 && { top }) });
    }
    everythingLost();
    await journal.commitStrict([...outbox.all()]);
    if (this.#needs.isOnline()) this.onOnline();
  }
}
