// What is heard live, or counts as heard now: words get their place, marks move on, and the archive is known as far as what was heard.
import type { Address } from '../../model/account.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { MessageId } from '../../model/message.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { StoredMessage } from '../ports.ts';
import type { ArchivePosition } from './archive-position.ts';
import { acceptMark, type Mark } from './authority/marks.ts';
import type { ConversationBook } from './book.ts';
import type { ChatStates } from './chat-states.ts';
import type { History } from './history.ts';
import type { Journal } from './journal.ts';
import type { Marks } from './marks.ts';
import type { Outbox } from './outbox.ts';
import type { OwnMessages } from './own-messages.ts';
import type { Receipts } from './receipts.ts';
import type { Sighting } from './sighting.ts';

export interface HearingNeeds {
  self: Address;
  book: ConversationBook;
  journal: Journal;
  now(): number;
  /** Runs once the newest messages of the conversation are known. */
  step(conversation: ConversationId, work: () => void): void;
  /** Nothing that came live waits to be opened. */
  isAtRest(): boolean;
}

export interface HearingParts {
  readonly history: History;
  readonly marks: Marks;
  readonly outbox: Outbox;
  readonly own: OwnMessages;
  readonly position: ArchivePosition;
  readonly receipts: Receipts;
  readonly states: ChatStates;
  readonly isFirstSync: boolean;
}

export class Hearing {
  readonly #needs: HearingNeeds;
  readonly #parts: HearingParts;
  #newest: string | undefined;

  constructor(needs: HearingNeeds, parts: HearingParts) {
    this.#needs = needs;
    this.#parts = parts;
  }

  words(sighting: Sighting): void {
    const { states, history, own } = this.#parts;
    if (!sighting.own) states.heard(sighting.conversation, sighting.author, sighting.authorName, false);
    this.#needs.step(sighting.conversation, () => {
      const message = history.append(sighting);
      if (sighting.kind === 'direct' && sighting.archiveId !== undefined) this.#advance(sighting.archiveId);
      if (!message && sighting.own && sighting.originId !== undefined) own.settleKnown(sighting.originId as MessageId);
    });
  }

  /**
   * Words of one conversation that count as heard now, as a page has them: what came live meanwhile may stand behind them there. What still waits
   * in the outbox keeps its turn: what was written before it may be on the way yet.
   */
  late(conversation: ConversationId, sightings: readonly Sighting[]): void {
    for (const sighting of sightings) if (!this.#parts.outbox.get(sighting.originId as MessageId)) this.words(sighting);
    this.#needs.step(conversation, () => this.#parts.history.heardBefore(conversation, sightings));
  }

  /** As long as something waits to be opened, the archive is not known any further: it would not be asked for that again. */
  #advance(archiveId: string): void {
    this.#newest = archiveId;
    if (this.#needs.isAtRest()) this.rested();
  }

  /** Everything that came is open and read. */
  rested(): void {
    const id = this.#newest;
    this.#newest = undefined;
    if (id !== undefined) this.#parts.position.advance(id, this.#needs.now());
  }

  /** It has its place: whoever wrote it may want to know. */
  arrived({ conversation }: StoredMessage, { receiptFor }: Sighting): void {
    const { isFirstSync, receipts } = this.#parts;
    if (receiptFor === undefined || isFirstSync) return;
    this.#needs.journal.afterwards(() => receipts.arrived(conversation, receiptFor));
  }

  /** A receipt or marker, if it is one that may be believed. */
  mark(message: Element): void {
    const { outbox, marks } = this.#parts;
    const mark = this.#believeMark(message);
    if (!mark) return;
    const record = mark.by === 'other' ? outbox.get(mark.id as MessageId) : undefined;
    if (record?.conversation === mark.conversation) outbox.departures.confirm(record.id);
    marks.hear(mark);
  }

  /** Within a step of the intake. */
  archivedMark(message: Element): void {
    const mark = this.#believeMark(message);
    if (mark) this.#parts.marks.apply(mark);
  }

  #believeMark(message: Element): Mark | undefined {
    const { self, book } = this.#needs;
    return acceptMark(message, { ownBare: self, isDirect: (address) => book.get(address)?.kind === 'direct' });
  }
}
