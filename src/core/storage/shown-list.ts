// Which conversations stand at the top of the list, remembered in one sealed row: the first page then opens these and no others.
import { compareConversations } from '../../model/conversation.ts';
import type { ConversationRecord } from '../ports.ts';
import { textOfKey } from './vault.ts';

/** The row's name among the facts. */
export const SHOWN = 'shown';
/** As many as the tallest screen shows. */
export const MOST_SHOWN = 50;

/** What decides the order, and no more: a thousand conversations are kept in mind. */
type Standing = Pick<ConversationRecord, 'id' | 'pinned' | 'lastActivityAt'>;

export class ShownList {
  readonly #standings = new Map<string, Standing>();
  #written: string | undefined;
  /** Whether every stored conversation has been told of. */
  complete = false;

  note(key: ArrayBuffer, { id, pinned, lastActivityAt }: ConversationRecord): void {
    this.#standings.set(textOfKey(key), { id, pinned, lastActivityAt });
  }

  /** The keys of those at the top, or undefined when these are what the row already says. Their order is read from the records. */
  changedTop(): string[] | undefined {
    const sorted = [...this.#standings].toSorted(([, a], [, b]) => compareConversations(a, b));
    const top = sorted.slice(0, MOST_SHOWN).map(([key]) => key);
    return top.toSorted().join() === this.#written ? undefined : top;
  }

  wrote(top: readonly string[]): void {
    this.#written = top.toSorted().join();
  }

  forget(): void {
    this.#standings.clear();
    this.#written = undefined;
    this.complete = false;
  }
}
