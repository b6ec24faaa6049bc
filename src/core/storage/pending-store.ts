// A store that is still being opened. Whoever asks waits for it; where it cannot be opened nothing is read and nothing is taken.
import type { ConversationId } from '../../model/conversation.ts';
import { failed, type Answer } from '../../model/failure.ts';
import type { StorageState } from '../../model/situation.ts';
import type { Batch, ConversationRecord, FactName, OpenedStore, OutboxRecord, Rollback, StoredLoss, StoredMessage } from '../ports.ts';
import type { FileShelf } from '../file-ports.ts';

const NOT_THERE = failed({ kind: 'storage-blocked' });

export class PendingStore implements OpenedStore {
  readonly opened: Promise<Answer<OpenedStore>>;
  #store: OpenedStore | undefined;

  constructor(opening: Promise<Answer<OpenedStore>>) {
    this.opened = opening.then((answer) => {
      if (answer.ok) this.#store = answer.value;
      return answer;
    });
  }

  get rolledBack(): Rollback | undefined {
    return this.#store?.rolledBack;
  }

  readonly files: FileShelf = {
    heads: () => this.#ask([], ({ files }) => files.heads()),
    put: (head) => this.#ask<Answer<void>>(NOT_THERE, ({ files }) => files.put(head)),
    putPiece: (name, at, bytes) => this.#ask<Answer<void>>(NOT_THERE, ({ files }) => files.putPiece(name, at, bytes)),
    piece: (name, at) => this.#ask<Uint8Array<ArrayBuffer> | undefined>(undefined, ({ files }) => files.piece(name, at)),
    countPieces: (name) => this.#ask(0, ({ files }) => files.countPieces(name)),
    drop: (name) => this.#ask(undefined, ({ files }) => files.drop(name)),
  };

  /** What is to be expected, until it is known. */
  state(): StorageState {
    return this.#store?.state() ?? 'durable';
  }

  losses(): readonly StoredLoss[] {
    return this.#store?.losses() ?? [];
  }

  conversations(): Promise<readonly ConversationRecord[]> {
    return this.#ask([], (store) => store.conversations());
  }

  readBelow(conversation: ConversationId, below: number, count: number): Promise<readonly StoredMessage[]> {
    return this.#ask([], (store) => store.readBelow(conversation, below, count));
  }

  readAbove(conversation: ConversationId, above: number, count: number): Promise<readonly StoredMessage[]> {
    return this.#ask([], (store) => store.readAbove(conversation, above, count));
  }

  outbox(): Promise<readonly OutboxRecord[]> {
    return this.#ask([], (store) => store.outbox());
  }

  fact<T>(name: FactName): Promise<T | undefined> {
    return this.#ask<T | undefined>(undefined, (store) => store.fact<T>(name));
  }

  keys<T>(name: string): Promise<T | undefined> {
    return this.#ask<T | undefined>(undefined, (store) => store.keys<T>(name));
  }

  async commit(batch: Batch, durability?: 'strict' | 'relaxed'): Promise<Answer<void>> {
    const opened = await this.opened;
    return opened.ok ? opened.value.commit(batch, durability) : opened;
  }

  compact(): Promise<boolean> {
    return this.#ask(false, (store) => store.compact());
  }

  close(): Promise<void> {
    return this.#ask(undefined, (store) => store.close());
  }

  async #ask<T>(nothing: T, work: (store: OpenedStore) => Promise<T>): Promise<T> {
    const opened = await this.opened;
    return opened.ok ? work(opened.value) : nothing;
  }
}
