// Receipts, markers and read marks that name a message which is not here yet: pages come newest first, so what they name may follow.
import type { ConversationId } from '../../model/conversation.ts';
import type { StoredMessage } from '../ports.ts';
import { keysOf } from './sighting.ts';

export type MarkKind = 'deliveredUpTo' | 'displayedUpTo' | 'readUpTo';

const MOST_EACH = 50;

export class PendingMarks {
  readonly #waiting = new Map<ConversationId, Map<string, MarkKind>>();
  readonly #reached: (conversation: ConversationId, kind: MarkKind, place: number) => void;

  constructor(reached: (conversation: ConversationId, kind: MarkKind, place: number) => void) {
    this.#reached = reached;
  }

  /** `key` as `sighting.ts` writes it. The oldest give way. */
  expect(conversation: ConversationId, key: string, kind: MarkKind): void {
    const marks = this.#waiting.get(conversation) ?? new Map<string, MarkKind>();
    this.#waiting.set(conversation, marks);
    marks.set(key, kind);
    for (const oldest of marks.keys()) {
      if (marks.size <= MOST_EACH) break;
      marks.delete(oldest);
    }
  }

  /** A message found its place: what waited for it is reached. */
  settle(message: StoredMessage): void {
    const marks = this.#waiting.get(message.conversation);
    if (!marks) return;
    for (const key of keysOf(message)) {
      const kind = marks.get(key);
      if (!kind || (kind === 'readUpTo' ? false : !message.own)) continue;
      marks.delete(key);
      this.#reached(message.conversation, kind, message.order);
    }
  }
}
