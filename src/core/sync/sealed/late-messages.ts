// Archives are read newest first, ratchets go forward: what was too far ahead is opened once the pages below it were read.
import type { Encryption, KeptKeys, Ratchets } from '../../ports.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { ArchivedStanza } from '../archive-client.ts';
import { LateRows, type LateRowsNeeds } from './late-rows.ts';
import type { Arrival } from './opener.ts';
import { unopenedMessage, type Reading } from './reading.ts';

export interface LateMessagesNeeds extends LateRowsNeeds {
  encryption: () => Promise<Encryption>;
  open(arrival: Arrival, ratchets: Ratchets): Promise<Reading>;
  read(reading: Reading, arrival: Arrival): Exclude<ArchivedStanza['said'], { sealed: unknown }>;
  /** It held nothing that a thread shows. */
  passed(arrival: Arrival): void;
  /** Receipts and markers, within a step of the intake. */
  applyMark(message: Element): void;
}

/** More than any chain may skip. What they hold together is bounded too: each may be as long as a frame. */
const MOST_KEPT = 2_000;
const MOST_LETTERS = 16_000_000;

export class LateMessages {
  readonly #needs: LateMessagesNeeds;
  readonly #rows: LateRows;
  #waiting: Arrival[] = [];
  #letters = 0;

  constructor(needs: LateMessagesNeeds) {
    this.#needs = needs;
    this.#rows = new LateRows(needs);
  }

  add(arrival: Arrival): void {
    const letters = lettersIn(arrival.message);
    if (this.#waiting.length >= MOST_KEPT || this.#letters + letters > MOST_LETTERS) return;
    this.#waiting.push(arrival);
    this.#letters += letters;
  }

  /** Oldest first. What still cannot be opened stays as it is shown. */
  async tryAgain(): Promise<void> {
    const waiting = this.#waiting.toSorted((a, b) => a.how.sentAt - b.how.sentAt);
    this.#waiting = [];
    this.#letters = 0;
    if (waiting.length === 0) return;
    const there = await this.#needs.encryption();
    await there.turn(async (ratchets) => {
      for (const arrival of waiting) await this.#tryOne(arrival, ratchets);
    });
  }

  async #tryOne(arrival: Arrival, ratchets: Ratchets): Promise<void> {
    const { open, read, journal } = this.#needs;
    const reading = await open(arrival, ratchets);
    const keys = ratchets.takeChanged();
    if (reading.unreadable !== undefined) return journal.keep(keys);
    const before = read({ message: unopenedMessage(arrival.message), unreadable: 'no-session' }, arrival);
    const said = read(reading, arrival);
    if ('words' in before)
      await this.#rows.opened(before.words, 'words' in said ? said.words : undefined, () => this.#keep(arrival, said, keys));
    else this.#keep(arrival, said, keys);
  }

  #keep(arrival: Arrival, said: ReturnType<LateMessagesNeeds['read']>, keys: readonly KeptKeys[]): void {
    const { journal, passed, applyMark } = this.#needs;
    if ('other' in said) {
      passed(arrival);
      if (!arrival.isRoom) applyMark(said.other);
    }
    journal.keep(keys);
  }
}

const lettersIn = ({ children }: Element): number =>
  children.reduce((sum, one) => sum + (typeof one === 'string' ? one.length : lettersIn(one)), 0);
