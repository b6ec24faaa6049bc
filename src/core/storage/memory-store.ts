// The store where the browser forbids storage: the same contract, gone with the core. It also stands in for the disk in other parts' tests.
import type { ConversationId } from '../../model/conversation.ts';
import { succeeded } from '../../model/failure.ts';
import type { Answer } from '../../model/failure.ts';
import type { StorageState } from '../../model/situation.ts';
import type { Batch, ConversationRecord, FactName, OpenedStore, OutboxRecord, StoredLoss, StoredMessage } from '../ports.ts';
import type { FileShelf } from '../file-ports.ts';
import { MemoryFiles } from './memory-files.ts';

export const openMemoryStore = (): OpenedStore => new MemoryStore();

class MemoryStore implements OpenedStore {
  readonly rolledBack = undefined;
  readonly files: FileShelf = new MemoryFiles();
  readonly #threads = new Map<ConversationId, StoredMessage[]>();
  readonly #conversations = new Map<ConversationId, ConversationRecord>();
  readonly #outbox = new Map<string, OutboxRecord>();
  readonly #facts = new Map<string, unknown>();
  readonly #keys = new Map<string, unknown>();

  state(): StorageState {
    return 'memory';
  }

  losses(): readonly StoredLoss[] {
    return [];
  }

  conversations(): Promise<readonly ConversationRecord[]> {
    return Promise.resolve(structuredClone([...this.#conversations.values()]));
  }

  readBelow(conversation: ConversationId, below: number, count: number): Promise<readonly StoredMessage[]> {
    const thread = this.#threads.get(conversation) ?? [];
    const end = countBelow(thread, below);
    return Promise.resolve(structuredClone(thread.slice(Math.max(0, end - count), end)));
  }

  readAbove(conversation: ConversationId, above: number, count: number): Promise<readonly StoredMessage[]> {
    const thread = this.#threads.get(conversation) ?? [];
    const start = countBelow(thread, above + 1);
    return Promise.resolve(structuredClone(thread.slice(start, start + count)));
  }

  outbox(): Promise<readonly OutboxRecord[]> {
    return Promise.resolve(structuredClone([...this.#outbox.values()].toSorted((a, b) => a.turn - b.turn)));
  }

  fact<T>(name: FactName): Promise<T | undefined> {
    return Promise.resolve(structuredClone(this.#facts.get(name)) as T | undefined);
  }

  keys<T>(name: string): Promise<T | undefined> {
    return Promise.resolve(structuredClone(this.#keys.get(name)) as T | undefined);
  }

  commit(given: Batch): Promise<Answer<void>> {
    const batch = structuredClone(given);
    for (const message of batch.messages ?? []) this.#place(message);
    for (const message of batch.changed ?? []) this.#replace(message);
    for (const record of batch.conversations ?? []) this.#conversations.set(record.id, record);
    for (const record of batch.outbox ?? []) this.#outbox.set(record.id, record);
    for (const id of batch.settled ?? []) this.#outbox.delete(id);
    for (const [name, value] of Object.entries(batch.facts ?? {})) this.#facts.set(name, value);
    for (const { name, value } of batch.keys ?? []) this.#keys.set(name, value);
    return Promise.resolve(succeeded(undefined));
  }

  compact(): Promise<boolean> {
    return Promise.resolve(false);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #place(message: StoredMessage): void {
    const thread = this.#threads.get(message.conversation) ?? [];
    this.#threads.set(message.conversation, thread);
    const newest = thread.at(-1);
    if (!newest || newest.order < message.order) thread.push(message);
    else
      thread.splice(countBelow(thread, message.order), thread[countBelow(thread, message.order)]?.order === message.order ? 1 : 0, message);
  }

  #replace(message: StoredMessage): void {
    const thread = this.#threads.get(message.conversation) ?? [];
    const at = countBelow(thread, message.order);
    if (thread[at]?.order === message.order) thread[at] = message;
  }
}

/** The number of messages with places below `place`. `thread` stands in ascending order. */
function countBelow(thread: readonly StoredMessage[], place: number): number {
  let low = 0;
  let high = thread.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((thread[middle]?.order ?? Infinity) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
