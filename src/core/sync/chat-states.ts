// Who is writing just now: what others tell us, for a while; and what we tell them, sparingly.
import type { Clock } from '../../base/clock.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Element } from '../../xmpp/xml.ts';
import type { Changes } from '../ports.ts';
import type { ConversationBook } from './book.ts';
import { composeWriting } from './outgoing-message.ts';

/** Nobody says that they were cut off while writing. */
const BELIEVED_MS = 30_000;
const APART_MS = 3_000;
const IDLE_MS = 10_000;
const MOST_NAMES = 3;
const MOST_WRITERS = 20;

export interface ChatStatesNeeds {
  book: ConversationBook;
  /** In clear, or sealed where everything goes sealed. */
  say(to: ConversationId, stanza: Element): void;
  clock: Clock;
  changes: Changes;
  isOnline(): boolean;
}

interface Own {
  toldAt: number;
  cancel: () => void;
}

export class ChatStates {
  readonly #needs: ChatStatesNeeds;
  /** By conversation and author: the name, and what makes us forget it. */
  readonly #writers = new Map<ConversationId, Map<string, { name: string; cancel: () => void }>>();
  readonly #own = new Map<ConversationId, Own>();

  constructor(needs: ChatStatesNeeds) {
    this.#needs = needs;
  }

  writing(conversation: ConversationId): readonly string[] {
    return [...(this.#writers.get(conversation)?.values() ?? [])].slice(0, MOST_NAMES).map(({ name }) => name);
  }

  heard(conversation: ConversationId, author: string, name: string, isWriting: boolean): void {
    if (!this.#needs.book.get(conversation)) return;
    const writers = this.#writers.get(conversation) ?? new Map<string, { name: string; cancel: () => void }>();
    const known = writers.get(author);
    known?.cancel();
    if (!isWriting || (!known && writers.size >= MOST_WRITERS)) writers.delete(author);
    else writers.set(author, { name, cancel: this.#needs.clock.after(BELIEVED_MS, () => this.heard(conversation, author, name, false)) });
    if (writers.size > 0) this.#writers.set(conversation, writers);
    else this.#writers.delete(conversation);
    if ((known !== undefined) !== writers.has(author)) this.#needs.changes.tell({ about: 'conversations' });
  }

  /** What this person does here. Strangers are not told; nobody is told more often than every three seconds. */
  tell(conversation: ConversationId, isWriting: boolean): void {
    const { clock } = this.#needs;
    const before = this.#own.get(conversation);
    before?.cancel();
    if (!isWriting) return this.#stopped(conversation, before !== undefined);
    if (!this.#mayTell(conversation)) return;
    const isDue = !before || clock.now() - before.toldAt >= APART_MS;
    if (isDue) this.#send(conversation, true);
    const cancel = clock.after(IDLE_MS, () => this.#stopped(conversation, true));
    this.#own.set(conversation, { toldAt: isDue ? clock.now() : before.toldAt, cancel });
  }

  /** The message itself says that the writing is over. */
  sent(conversation: ConversationId): void {
    this.#own.get(conversation)?.cancel();
    this.#own.delete(conversation);
  }

  forgetAll(): void {
    for (const writers of this.#writers.values()) for (const { cancel } of writers.values()) cancel();
    for (const { cancel } of this.#own.values()) cancel();
    this.#writers.clear();
    this.#own.clear();
  }

  #stopped(conversation: ConversationId, wasTold: boolean): void {
    this.#own.delete(conversation);
    if (wasTold && this.#mayTell(conversation)) this.#send(conversation, false);
  }

  #send(conversation: ConversationId, isWriting: boolean): void {
    const kind = this.#needs.book.get(conversation)?.kind ?? 'direct';
    this.#needs.say(conversation, composeWriting(conversation, kind, isWriting));
  }

  #mayTell(conversation: ConversationId): boolean {
    const standing = this.#needs.book.get(conversation)?.standing;
    return this.#needs.isOnline() && (standing === 'contact' || standing === 'member');
  }
}
