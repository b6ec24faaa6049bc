// Files that follow a script: what is here, what travels, and how large one may be.
import type { FileDraft, FilePlace, Transfer, UploadLimit } from '../../src/contracts/files.ts';
import type { StagedDraft, StagedOrder } from '../../src/contracts/staged.ts';
import type { ConversationId } from '../../src/model/conversation.ts';
import type { SharedFile } from '../../src/model/file.ts';
import type { MessageId } from '../../src/model/message.ts';

export class ScriptedFiles {
  limit: UploadLimit | undefined = { largest: 10_000_000 };
  readonly #transfers = new Map<ConversationId, Transfer[]>();
  readonly #bodies = new Map<MessageId, Blob>();
  /** Chosen and not sent yet. */
  readonly staged = new Map<ConversationId, readonly StagedDraft[]>();

  of(conversation: ConversationId): readonly Transfer[] {
    return this.#transfers.get(conversation) ?? [];
  }

  /** How a transfer stands now, in place of what was known of it. */
  set(conversation: ConversationId, transfer: Transfer): void {
    this.#transfers.set(conversation, [...this.of(conversation).filter(({ message }) => message !== transfer.message), transfer]);
  }

  drop({ conversation, message }: FilePlace): void {
    this.#transfers.set(
      conversation,
      this.of(conversation).filter((transfer) => transfer.message !== message),
    );
  }

  /** The file of a message is here from now on. */
  keep({ conversation, message, order }: FilePlace, body: Blob): void {
    this.#bodies.set(message, body);
    const place = { message, ...(order !== undefined && { order }) };
    this.set(conversation, { ...place, direction: 'down', stage: 'here', done: body.size, total: body.size });
  }

  arrange(conversation: ConversationId, { files }: StagedOrder): void {
    const there = this.staged.get(conversation) ?? [];
    this.staged.set(
      conversation,
      files.flatMap(({ id, asIs }) => there.filter((one) => one.id === id).map((one) => ({ ...one, asIs }))),
    );
  }

  body({ message }: FilePlace): Blob | undefined {
    return this.#bodies.get(message);
  }
}

/** As its own sender sees it. */
export function fileOf({ file, name, type, width, height, preview }: FileDraft): SharedFile {
  const size = width !== undefined && height !== undefined ? { width, height } : {};
  return { name, type, size: file.size, ...size, ...(preview && { preview }), available: true };
}
