// How far the files are that travel now. Tabs are told at most four times a second, and always of the last word.
import type { Clock } from '../../base/clock.ts';
import type { FilePlace, Transfer } from '../../contracts/files.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Changes } from '../ports.ts';

const APART_MS = 250;

export type Standing = Omit<Transfer, 'message' | 'order'>;

export class Board {
  readonly #clock: Clock;
  readonly #changes: Changes;
  readonly #standings = new Map<string, { place: FilePlace; standing: Standing }>();
  /** Told a moment ago; true: something has changed since. */
  readonly #resting = new Map<ConversationId, boolean>();

  constructor(clock: Clock, changes: Changes) {
    this.#clock = clock;
    this.#changes = changes;
  }

  of(conversation: ConversationId): Transfer[] {
    const here = [...this.#standings.values()].filter(({ place }) => place.conversation === conversation);
    return here.map(({ place: { message, order }, standing }) => ({ message, ...(order !== undefined && { order }), ...standing }));
  }

  get(place: FilePlace): Standing | undefined {
    return this.#standings.get(keyOf(place))?.standing;
  }

  set(place: FilePlace, standing: Standing): void {
    this.#standings.set(keyOf(place), { place, standing });
    this.tell(place.conversation);
  }

  move(place: FilePlace, done: number): void {
    const standing = this.get(place);
    if (standing) this.set(place, { ...standing, done });
  }

  remove(place: FilePlace): void {
    this.#standings.delete(keyOf(place));
    this.tell(place.conversation);
  }

  tell(conversation: ConversationId): void {
    if (this.#resting.has(conversation)) return void this.#resting.set(conversation, true);
    this.#changes.tell({ about: 'transfers', conversation });
    this.#resting.set(conversation, false);
    this.#clock.after(APART_MS, () => {
      const isDue = this.#resting.get(conversation);
      this.#resting.delete(conversation);
      if (isDue) this.tell(conversation);
    });
  }
}

const keyOf = ({ conversation, message }: FilePlace): string => `${conversation}\n${message}`;
