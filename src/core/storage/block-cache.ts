// The blocks that were read or written last, in clear, in memory only.
import type { BlockMessage } from './message-codec.ts';

/** About two megabytes of ordinary messages. */
const MOST_BLOCKS = 24;

export class BlockCache {
  readonly #blocks = new Map<string, readonly BlockMessage[]>();

  get(key: string): readonly BlockMessage[] | undefined {
    const messages = this.#blocks.get(key);
    if (messages) this.put(key, messages);
    return messages;
  }

  put(key: string, messages: readonly BlockMessage[]): void {
    this.#blocks.delete(key);
    this.#blocks.set(key, messages);
    if (this.#blocks.size <= MOST_BLOCKS) return;
    for (const oldest of this.#blocks.keys()) {
      this.#blocks.delete(oldest);
      return;
    }
  }

  drop(key: string): void {
    this.#blocks.delete(key);
  }

  clear(): void {
    this.#blocks.clear();
  }
}
