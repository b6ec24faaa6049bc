// What we tell others of their messages: that they arrived, that they were seen. Only accepted contacts, and at most one of a kind a second:
// a receipt for the newest message stands for those before it.
import type { Clock } from '../../base/clock.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { ConversationBook } from './book.ts';
import { composeDisplayed, composeReceipt } from './outgoing-message.ts';

const APART_MS = 1_000;

type Compose = typeof composeReceipt;

export interface ReceiptsNeeds {
  book: ConversationBook;
  /** In clear, or sealed where everything goes sealed. */
  say(to: ConversationId, stanza: Element): void;
  clock: Clock;
  mintId(): string;
  isOnline(): boolean;
}

export class Receipts {
  readonly #needs: ReceiptsNeeds;
  readonly #delivered: Courier;
  readonly #displayed: Courier;

  constructor(needs: ReceiptsNeeds) {
    this.#needs = needs;
    this.#delivered = new Courier(needs, composeReceipt);
    this.#displayed = new Courier(needs, composeDisplayed);
  }

  /** Its message is on disk. */
  arrived(conversation: ConversationId, messageId: string): void {
    if (this.#mayTell(conversation)) this.#delivered.tell(conversation, messageId);
  }

  seen(conversation: ConversationId, messageId: string): void {
    if (this.#mayTell(conversation)) this.#displayed.tell(conversation, messageId);
  }

  stop(): void {
    this.#delivered.stop();
    this.#displayed.stop();
  }

  /** A receipt betrays that this device is in use: strangers get none. */
  #mayTell(conversation: ConversationId): boolean {
    const record = this.#needs.book.get(conversation);
    return record?.kind === 'direct' && record.standing === 'contact';
  }
}

class Courier {
  readonly #needs: ReceiptsNeeds;
  readonly #compose: Compose;
  readonly #waiting = new Map<ConversationId, string>();
  readonly #resting = new Map<ConversationId, () => void>();

  constructor(needs: ReceiptsNeeds, compose: Compose) {
    this.#needs = needs;
    this.#compose = compose;
  }

  tell(conversation: ConversationId, messageId: string): void {
    this.#waiting.set(conversation, messageId);
    if (!this.#resting.has(conversation)) this.#send(conversation);
  }

  stop(): void {
    for (const cancel of this.#resting.values()) cancel();
    this.#resting.clear();
    this.#waiting.clear();
  }

  #send(conversation: ConversationId): void {
    this.#resting.delete(conversation);
    const messageId = this.#waiting.get(conversation);
    if (messageId === undefined || !this.#needs.isOnline()) return;
    this.#waiting.delete(conversation);
    this.#needs.say(conversation, this.#compose(this.#needs.mintId(), conversation, messageId));
    this.#resting.set(
      conversation,
      this.#needs.clock.after(APART_MS, () => this.#send(conversation)),
    );
  }
}
