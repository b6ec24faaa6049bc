// Archives are read newest first, ratchets go forward: what was too far ahead is opened once the pages below it were read.
import type { ConversationId } from '../../../model/conversation.ts';
import type { StoredMessage, Encryption, KeptKeys, Ratchets, Store } from '../../ports.ts';
import type { ArchivedStanza } from '../archive-client.ts';
import type { ConversationBook } from '../book.ts';
import type { Intake } from '../intake.ts';
import type { Journal } from '../journal.ts';
import type { KnownMessages } from '../known-messages.ts';
import type { Sighting } from '../sighting.ts';
import { previewOf } from '../tally.ts';
import type { Arrival } from './opener.ts';
import { ProtectionTally } from './protection-tally.ts';
import type { Reading } from './reading.ts';

export interface LateMessagesNeeds {
  book: ConversationBook;
  known: KnownMessages;
  intake: Intake;
  journal: Journal;
  store: Store;
  mayTurnOn(conversation: ConversationId): boolean;
  encryption: () => Promise<Encryption>;
  open(arrival: Arrival, ratchets: Ratchets): Promise<Reading>;
  read(reading: Reading, arrival: Arrival): ArchivedStanza['said'];
}

/** More than any chain may skip, and still little to hold. */
const MOST_KEPT = 2_000;

export class LateMessages {
  readonly #needs: LateMessagesNeeds;
  #waiting: Arrival[] = [];

  constructor(needs: LateMessagesNeeds) {
    this.#needs = needs;
  }

  add(arrival: Arrival): void {
    if (this.#waiting.length < MOST_KEPT) this.#waiting.push(arrival);
  }

  /** Oldest first. What still cannot be opened stays as it is shown. */
  async tryAgain(): Promise<void> {
    const waiting = this.#waiting.toSorted((a, b) => a.how.sentAt - b.how.sentAt);
    this.#waiting = [];
    if (waiting.length === 0) return;
    const there = await this.#needs.encryption();
    await there.turn(async (ratchets) => {
      for (const arrival of waiting) await this.#tryOne(arrival, ratchets);
    });
  }

  async #tryOne(arrival: Arrival, ratchets: Ratchets): Promise<void> {
    const reading = await this.#needs.open(arrival, ratchets);
    const keys = ratchets.takeChanged();
    const said = this.#needs.read(reading, arrival);
    if (reading.unreadable === undefined && 'words' in said) await this.#show(said.words, keys);
    else this.#needs.journal.keep(keys);
  }

  async #show(words: Sighting, keys: readonly KeptKeys[]): Promise<void> {
    const { journal, intake, known, store } = this.#needs;
    const needs = [[words.conversation, words.sentAt]] as const;
    const place = await intake.run(needs, () => known.placeOf(words));
    await journal.flush();
    const [row] = place === undefined ? [] : await store.readAbove(words.conversation, place - 1, 1);
    await intake.run(needs, () => {
      if (row && row.order === known.placeOf(words)) this.#write(row, words);
      journal.keep(keys);
    });
  }

  #write({ unreadable: _, ...row }: StoredMessage, { conversation, text, content, protection, timeCertain }: Sighting): void {
    const { journal } = this.#needs;
    const opened: StoredMessage = { ...row, text, content, timeCertain, ...(protection && { protection }) };
    journal.change(opened);
    this.#note(conversation, opened);
    journal.tell({ about: 'thread', conversation, from: row.order, to: row.order });
  }

  #note(conversation: ConversationId, message: StoredMessage): void {
    const { book } = this.#needs;
    const record = book.get(conversation);
    if (!record) return;
    const protection = new ProtectionTally(record, this.#needs.mayTurnOn(conversation));
    protection.count(message);
    const isNewest = message.order >= record.top;
    book.change(conversation, { ...protection.patch(), ...(isNewest && { preview: previewOf(message, record.kind) }) });
  }
}
