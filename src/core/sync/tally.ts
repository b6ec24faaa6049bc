// What new messages mean for their conversation: how many are unread, how far it is read, what the list shows of it.
import type { ConversationRecord, StoredMessage } from '../ports.ts';
import type { ConversationPatch } from './book.ts';
import { shownOf } from './shown.ts';

export class Tally {
  readonly #record: ConversationRecord;
  #unread: number;
  #mentioned: boolean;
  #readUpTo: number;
  #newest: StoredMessage | undefined;
  #top: number;
  #isUncertain = false;

  constructor(record: ConversationRecord) {
    this.#record = record;
    this.#unread = record.unread;
    this.#mentioned = record.mentioned;
    this.#readUpTo = record.marks.readUpTo;
    // Where nothing is shown yet, whatever is found first is the newest, in however old a page.
    this.#top = record.preview === undefined ? -Infinity : (record.previewAt ?? record.top);
  }

  /** Nobody's words count for nothing. In ascending order of places. Who writes has read what stands above, on whatever device. */
  count(message: StoredMessage): void {
    if (message.content === 'keys-changed') return;
    if (message.own) this.#read(message.order);
    else if (message.order > this.#readUpTo) {
      this.#unread += 1;
      this.#mentioned ||= message.mentionsMe;
    }
    if (message.order >= this.#top) {
      this.#top = message.order;
      this.#newest = message;
    }
  }

  /** An own message was found among unread ones: what is still unread has to be counted from the store. */
  get isUncertain(): boolean {
    return this.#isUncertain;
  }

  patch(): ConversationPatch {
    const { marks, lastActivityAt } = this.#record;
    const newest = this.#newest;
    return {
      unread: this.#unread,
      mentioned: this.#mentioned,
      ...(this.#readUpTo > marks.readUpTo && { marks: { ...marks, readUpTo: this.#readUpTo } }),
      ...(newest && { ...shownOf(newest, this.#record), lastActivityAt: Math.max(lastActivityAt, newest.sentAt) }),
    };
  }

  #read(place: number): void {
    if (place <= this.#readUpTo) return;
    this.#readUpTo = place;
    if (place < this.#top) {
      this.#isUncertain ||= this.#unread > 0;
      return;
    }
    this.#unread = 0;
    this.#mentioned = false;
  }
}
