// What was written in this page a moment ago, shown before the core has it. The id was minted here and stays for good, so a page of the core
// that holds the message takes its place, and a refusal takes it away: the words are back in the composer then.
import type { FileDraft } from '../../contracts/files.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer } from '../../model/failure.ts';
import type { AuthorId, Draft, Message, MessageId } from '../../model/message.ts';
import type { ThreadState } from './thread-state.ts';

/** A page that was asked for before the core had it may still come; the next one knows. */
const MOST_PAGES = 2;

interface Unsaved {
  message: Message;
  /** Pages without it since the core said that it has it. */
  missedIn: number | undefined;
}

export interface Written {
  conversation: ConversationId;
  draft: Draft | FileDraft;
  at: number;
  answer: Promise<Answer<Message>>;
}

export class UnsavedMessages {
  readonly #changed: () => void;
  readonly #waiting = new Map<MessageId, Unsaved>();
  #laid: { over: ThreadState; state: ThreadState } | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  add({ conversation, draft, at, answer }: Written, state: ThreadState): void {
    const { id, text } = draft;
    if (this.#waiting.has(id) || holds(state, id)) return;
    const file = 'file' in draft && { file: { ...draft, size: draft.file.size, available: true } };
    const message: Message = { ...unsaved, id, conversation, text, ...file, sentAt: at, author: ownAuthor(state) };
    this.#waiting.set(id, { message, missedIn: undefined });
    void answer.then((told) => this.#answered(id, told.ok));
    this.#change();
  }

  /** The core told how the conversation stands. */
  hear(state: ThreadState): void {
    for (const [id, waiting] of this.#waiting) {
      if (waiting.missedIn !== undefined) waiting.missedIn++;
      if (holds(state, id) || (waiting.missedIn ?? 0) >= MOST_PAGES) this.#waiting.delete(id);
    }
    this.#laid = undefined;
  }

  over(state: ThreadState): ThreadState {
    if (this.#waiting.size === 0) return state;
    if (this.#laid?.over !== state) {
      const outbox = [...state.outbox, ...[...this.#waiting.values()].map(({ message }) => message)];
      this.#laid = { over: state, state: { ...state, outbox } };
    }
    return this.#laid.state;
  }

  reset(): void {
    this.#waiting.clear();
    this.#laid = undefined;
  }

  #answered(id: MessageId, isSaved: boolean): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    if (isSaved) waiting.missedIn = 0;
    else {
      this.#waiting.delete(id);
      this.#change();
    }
  }

  #change(): void {
    this.#laid = undefined;
    this.#changed();
  }
}

const unsaved: Omit<Message, 'id' | 'conversation' | 'text' | 'sentAt' | 'author'> = {
  order: undefined,
  authorName: '',
  own: true,
  timeCertain: true,
  mentionsMe: false,
  content: 'text',
  outbox: { stage: 'queued' },
};

const holds = ({ messages, outbox }: ThreadState, id: MessageId): boolean =>
  outbox.some((message) => message.id === id) || messages.some((message) => message.id === id);

/** As whoever wrote the last own message, so that it joins that one; where there is none there is nothing to join. */
const ownAuthor = ({ messages, outbox }: ThreadState): AuthorId =>
  (outbox.at(-1) ?? messages.findLast((message) => message.own))?.author ?? ('' as AuthorId);
