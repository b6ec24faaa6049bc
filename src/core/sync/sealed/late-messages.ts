// Archives are read newest first, ratchets go forward: what was too far ahead is opened once the pages below it were read.
import type { Encryption, Ratchets } from '../../ports.ts';
import type { Element } from '../../../xmpp/xml.ts';
import type { Sighting } from '../sighting.ts';
import { LateRows, type LateRowsNeeds } from './late-rows.ts';
import type { Arrival } from './opener.ts';
import { unopenedMessage, type Reading } from './reading.ts';

export interface LateMessagesNeeds extends LateRowsNeeds {
  encryption: () => Promise<Encryption>;
  open(arrival: Arrival, ratchets: Ratchets): Promise<Reading>;
  wordsOf(reading: Reading, arrival: Arrival): Sighting | undefined;
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
    const { open, wordsOf, journal } = this.#needs;
    const reading = await open(arrival, ratchets);
    const keys = ratchets.takeChanged();
    if (reading.unreadable !== undefined) return journal.keep(keys);
    const before = wordsOf({ message: unopenedMessage(arrival.message), unreadable: 'no-session' }, arrival);
    const words = wordsOf(reading, arrival);
    const keep = (): void => {
      if (!words) this.#pass(arrival, reading);
      journal.keep(keys);
    };
    if (before) await this.#rows.opened(before, words, keep);
    else keep();
  }

  #pass(arrival: Arrival, { message }: Reading): void {
    const { passed, applyMark } = this.#needs;
    passed(arrival);
    if (!arrival.isRoom) applyMark(message);
  }
}

const lettersIn = ({ children }: Element): number =>
  children.reduce((sum, one) => sum + (typeof one === 'string' ? one.length : lettersIn(one)), 0);
