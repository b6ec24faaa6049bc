// Messages that came live in another order than the archive has them change places. The places stay what they are.
import type { ConversationId } from '../../model/conversation.ts';
import type { Store, StoredMessage } from '../ports.ts';
import type { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import type { KnownMessages } from './known-messages.ts';

export interface ReorderNeeds {
  store: Store;
  journal: Journal;
  intake: Intake;
  known: KnownMessages;
}

export class Reorder {
  readonly #needs: ReorderNeeds;
  /** One at a time: what a second page says meanwhile is about an order that is just being mended. */
  readonly #underWay = new Set<ConversationId>();

  constructor(needs: ReorderNeeds) {
    this.#needs = needs;
  }

  /** From which place each message has to move to which. */
  move(conversation: ConversationId, moves: ReadonlyMap<number, number>): void {
    if (this.#underWay.has(conversation)) return;
    this.#underWay.add(conversation);
    void this.#move(conversation, moves).finally(() => this.#underWay.delete(conversation));
  }

  async #move(conversation: ConversationId, moves: ReadonlyMap<number, number>): Promise<void> {
    const { journal, intake } = this.#needs;
    // What stands in the journal only is not to be read yet.
    await journal.flush();
    const messages = await this.#read(conversation, [...moves.keys()]);
    if (!messages) return;
    await intake.run([[conversation, Infinity]], () => this.#write(messages, moves));
    await journal.flush();
  }

  /** Undefined unless each of these places holds a message. */
  async #read(conversation: ConversationId, places: readonly number[]): Promise<readonly StoredMessage[] | undefined> {
    const found = await Promise.all(places.map((place) => this.#needs.store.readAbove(conversation, place - 1, 1)));
    const messages = found.flatMap(([message], at) => (message?.order === places[at] ? [message as StoredMessage] : []));
    return messages.length === places.length ? messages : undefined;
  }

  #write(messages: readonly StoredMessage[], moves: ReadonlyMap<number, number>): void {
    const { journal, known } = this.#needs;
    if (messages.some((message) => known.placeOf(message) !== message.order)) return;
    for (const message of messages) {
      const moved = { ...message, order: moves.get(message.order) ?? message.order };
      known.move(moved);
      journal.change(moved);
    }
    const [first] = messages;
    const places = [...moves.values()];
    if (first) journal.tell({ about: 'thread', conversation: first.conversation, from: Math.min(...places), to: Math.max(...places) });
  }
}
