// Writes a backup, a piece each time somebody asks for one: conversation by conversation, so that nothing is ever held of it but what is on its way.
import { concatBytes } from '../../base/bytes.ts';
import type { BackupPiece } from '../../contracts/backup.ts';
import { failed, succeeded, type Answer, type Failure } from '../../model/failure.ts';
import type { BackupConversation, BackupSource } from '../backup-ports.ts';
import { writeConversation, writeItem } from './contents.ts';
import { CHUNK_BYTES } from './header.ts';
import { writeRecord } from './records.ts';
import { beginSeal, sealChunk, type Derive, type Seal, type SealWorld } from './seal.ts';

export interface WritingNeeds {
  world: SealWorld;
  source: BackupSource;
  now(): number;
  derive: Derive;
}

type Written = Extract<BackupPiece, { state: 'written' }>;

/** What is handed over at once: long enough that asking for it costs little beside. */
const CHUNKS_A_PIECE = 4;

export class BackupWriting {
  readonly #needs: WritingNeeds;
  readonly #begun: Promise<{ header: Uint8Array; seal: Seal }>;
  readonly #conversations: readonly BackupConversation[];
  readonly #records: AsyncGenerator<Uint8Array<ArrayBuffer>, Failure | undefined>;
  #held: Uint8Array<ArrayBuffer> = new Uint8Array();
  #chunks = 0;
  #done = 0;
  #messages = 0;

  constructor(needs: WritingNeeds, secret: string) {
    this.#needs = needs;
    this.#begun = beginSeal(needs.world, secret, needs.derive);
    // Whoever asks for the first piece hears of it.
    this.#begun.catch(() => undefined);
    this.#conversations = needs.source.conversations();
    this.#records = this.#write();
  }

  /** Settles once the key is made. */
  async ready(): Promise<void> {
    await this.#begun;
  }

  async next(): Promise<Answer<Written>> {
    const { header, seal } = await this.#begun;
    const parts: Uint8Array[] = this.#chunks === 0 ? [header] : [];
    let isLast = false;
    for (let count = 0; count < CHUNKS_A_PIECE && !isLast; count++) {
      const filled = await this.#fill();
      if (!filled.ok) return filled;
      isLast = filled.value;
      const chunk = this.#held.slice(0, CHUNK_BYTES);
      this.#held = this.#held.slice(CHUNK_BYTES);
      parts.push(await sealChunk(this.#needs.world.subtle, seal, this.#chunks++, isLast, chunk));
    }
    const conversations = { done: this.#done, total: this.#conversations.length };
    return succeeded({ state: 'written', bytes: concatBytes(...parts), isLast, conversations, messages: this.#messages });
  }

  /** Until there is more than one chunk, or nothing more comes: the last one has to know that it is the last. */
  async #fill(): Promise<Answer<boolean>> {
    const parts: Uint8Array[] = [this.#held];
    for (let length = this.#held.length; length <= CHUNK_BYTES;) {
      const next = await this.#records.next();
      if (next.done && next.value) return failed(next.value);
      if (next.done) {
        this.#held = concatBytes(...parts);
        return succeeded(true);
      }
      parts.push(next.value);
      length += next.value.length;
    }
    this.#held = concatBytes(...parts);
    return succeeded(false);
  }

  async *#write(): AsyncGenerator<Uint8Array<ArrayBuffer>, Failure | undefined> {
    const { source, now } = this.#needs;
    yield writeRecord('account', { address: source.self, writtenAt: now() });
    for (const trust of await source.trust()) yield writeRecord('trust', trust);
    for (const conversation of this.#conversations) {
      const failure = yield* this.#writeThread(conversation);
      if (failure) return failure;
      this.#done += 1;
    }
    yield writeRecord('end', { conversations: this.#done, messages: this.#messages });
    return undefined;
  }

  async *#writeThread(conversation: BackupConversation): AsyncGenerator<Uint8Array<ArrayBuffer>, Failure | undefined> {
    yield writeRecord('conversation', writeConversation(conversation));
    for (let above = -Infinity; ;) {
      const page = await this.#needs.source.page(conversation.id, above);
      if (!page.ok) return page.failure;
      const last = page.value.at(-1);
      if (!last) return undefined;
      above = last.message.order;
      this.#messages += page.value.length;
      yield* writeItems(page.value.map(writeItem));
    }
  }
}

/** Long messages are parted, so that each record stays far below what may be read. */
function* writeItems(items: readonly object[]): Generator<Uint8Array<ArrayBuffer>> {
  let held: object[] = [];
  let size = 0;
  for (const item of items) {
    const length = JSON.stringify(item).length;
    if (size > 0 && size + length > CHUNK_BYTES) {
      yield writeRecord('messages', { messages: held });
      [held, size] = [[], 0];
    }
    held.push(item);
    size += length;
  }
  yield writeRecord('messages', { messages: held });
}
