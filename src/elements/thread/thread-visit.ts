// What belongs to one visit to a conversation: what was new when it began, how far the person has looked, where the jump button leads.
import { isOfOthers, type Message, type MessageId } from '../../model/message.ts';
import type { Row } from './rows.ts';
import { firstOrder, lastOrder, type ThreadState } from './thread-state.ts';

export class ThreadVisit {
  /** Fixed for the visit: what lies above this place was not read when it began. */
  newAbove: number | undefined;
  #began = false;
  #seenUpTo = -Infinity;
  #jumpedToNew = false;

  /** Answers with the first new message, once, at the first look at the conversation. */
  begin(state: ThreadState): Message | undefined {
    if (this.#began) return undefined;
    this.#began = true;
    const { readUpTo } = state.marks;
    const firstNew =
      readUpTo === -Infinity ? undefined : state.messages.find((message) => isOfOthers(message) && (message.order ?? 0) > readUpTo);
    if (firstNew) this.newAbove = Math.max(readUpTo, firstOrder(state) - 1);
    this.#seenUpTo = firstNew ? readUpTo : lastOrder(state);
    return firstNew;
  }

  see(order: number): void {
    this.#seenUpTo = Math.max(this.#seenUpTo, order);
  }

  /** At the end there is nothing newer to jump to. */
  arrive(state: ThreadState): void {
    this.see(lastOrder(state));
    this.#jumpedToNew = false;
  }

  /** Messages of others below what has been looked at. */
  newer(rows: readonly Row[]): readonly Message[] {
    const newer: Message[] = [];
    for (let index = rows.length - 1; index >= 0; index--) {
      const message = rows[index]?.message;
      if (!message || (message.order ?? Infinity) <= this.#seenUpTo) break;
      if (isOfOthers(message)) newer.unshift(message);
    }
    return newer;
  }

  /** The first jump goes to what is new, the second to the end. */
  jumpTarget(rows: readonly Row[]): MessageId | undefined {
    if (this.#jumpedToNew) return undefined;
    this.#jumpedToNew = true;
    return this.newer(rows)[0]?.id;
  }
}
