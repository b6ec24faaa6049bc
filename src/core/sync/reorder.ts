// Messages that came live in another order than the archive has them change places. The places stay what they are.
import type { ConversationId } from '../../model/conversation.ts';
import { complain } from '../complain.ts';
import type { Log, Store, StoredMessage } from '../ports.ts';
import type { ConversationBook } from './book.ts';
import type { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import type { KnownMessages } from './known-messages.ts';

/** From which place each message has to move to which. */
export type Moves = ReadonlyMap<number, number>;

export interface ReorderNeeds {
  book: ConversationBook;
  store: Store;
  journal: Journal;
  intake: Intake;
  known: KnownMessages;
  log: Log;
}

/** What has to change places, and how far back it has to be known for that. */
export interface Disorder {
  conversation: ConversationId;
  since: number;
  /** Asked when its turn comes: what was mended before has changed them. */
  moves(): Moves;
}

/** Something else may have moved what was just read; it does not do so for ever. */
const MOST_TRIES = 5;

export class Reorder {
  readonly #needs: ReorderNeeds;
  /** One at a time in each conversation. */
  readonly #waiting = new Map<ConversationId, Disorder[]>();

  constructor(needs: ReorderNeeds) {
    this.#needs = needs;
  }

  mend(disorder: Disorder): void {
    const { conversation } = disorder;
    const waiting = this.#waiting.get(conversation);
    if (waiting) return void waiting.push(disorder);
    const begun = [disorder];
    this.#waiting.set(conversation, begun);
    void this.#mendAll(conversation, begun);
  }

  async #mendAll(conversation: ConversationId, waiting: Disorder[]): Promise<void> {
    for (let disorder = waiting.shift(); disorder; disorder = waiting.shift()) {
      await this.#mend(disorder).catch((defect: unknown) => {
        complain(this.#needs.log, 'putting messages in order broke', defect);
      });
    }
    this.#waiting.delete(conversation);
  }

  async #mend({ conversation, since, moves: movesNow }: Disorder): Promise<void> {
    const { journal, intake } = this.#needs;
    const needs = [[conversation, since]] as const;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const moves = await intake.run(needs, movesNow);
      if (moves.size === 0) return;
      // What stands in the journal only is not to be read yet.
      await journal.flush();
      const messages = await this.#read(conversation, [...moves.keys()]);
      if (messages && (await intake.run(needs, () => this.#write(messages, moves)))) break;
    }
    await journal.flush();
  }

  /** Undefined unless each of these places holds a message. */
  async #read(conversation: ConversationId, places: readonly number[]): Promise<readonly StoredMessage[] | undefined> {
    const found = await Promise.all(places.map((place) => this.#needs.store.readAbove(conversation, place - 1, 1)));
    const messages = found.flatMap(([message], at) => (message?.order === places[at] ? [message as StoredMessage] : []));
    return messages.length === places.length ? messages : undefined;
  }

  /** False where one of them no longer stands where it was read. */
  #write(messages: readonly StoredMessage[], moves: Moves): boolean {
    const { journal, known } = this.#needs;
    if (messages.some((message) => known.placeOf(message) !== message.order)) return false;
    for (const message of messages) {
      const moved = { ...message, order: moves.get(message.order) ?? message.order };
      known.move(moved);
      journal.change(moved);
    }
    const [first] = messages;
    const places = [...moves.values()];
    if (first) this.#moveMarks(first.conversation, messages, moves);
    if (first) journal.tell({ about: 'thread', conversation: first.conversation, from: Math.min(...places), to: Math.max(...places) });
    return true;
  }

  /** What had arrived, or was seen, goes on being so at its new place. */
  #moveMarks(conversation: ConversationId, messages: readonly StoredMessage[], moves: Moves): void {
    const { book } = this.#needs;
    const marks = book.get(conversation)?.marks;
    if (!marks) return;
    const own = messages.filter((message) => message.own);
    const follow = (mark: number): number =>
      Math.max(mark, ...own.filter(({ order }) => order <= mark).map(({ order }) => moves.get(order) ?? order));
    const [deliveredUpTo, displayedUpTo] = [follow(marks.deliveredUpTo), follow(marks.displayedUpTo)];
    if (deliveredUpTo !== marks.deliveredUpTo || displayedUpTo !== marks.displayedUpTo)
      book.change(conversation, { marks: { ...marks, deliveredUpTo, displayedUpTo } });
  }
}
