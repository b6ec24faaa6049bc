// The blocks that were read or written last, in clear, in memory only.
import type { BlockMessage } from './message-codec.ts';

/** About a megabyte of ordinary messages. */
const MOST_MESSAGES = 1200;

export class BlockCache {
  readonly #blocks = new Map<string, readonly BlockMessage[]>();
  #held = 0;

  get(key: string): readonly BlockMessage[] | undefined {
    const messages = this.#blocks.get(key);
    if (messages) this.put(key, messages);
    return messages;
  }

  put(key: string, messages: readonly BlockMessage[]): void {
    this.drop(key);
    this.#blocks.set(key, messages);
    this.#held += messages.length;
    for (const oldest of this.#blocks.keys()) {
      if (this.#held <= MOST_MESSAGES) return;
      this.drop(oldest);
    }
  }

  drop(key: string): void {
    this.#held -= this.#blocks.get(key)?.length ?? 0;
    this.#blocks.delete(key);
  }

  clear(): void {
    this.#blocks.clear();
    this.#held = 0;
  }
}
