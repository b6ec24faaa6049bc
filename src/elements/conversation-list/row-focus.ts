// One tab stop for the whole list: which row has it, where keys lead, and that focus outlives rows that come and go.
import type { Conversation, ConversationId } from '../../model/conversation.ts';
import { findByLetters, rowAfterKey } from './list-keys.ts';

/** Letters typed within this time belong together. */
const LETTERS_MS = 700;

export interface RowFocusHost {
  total(): number;
  /** How many rows a page key leaps. */
  page(): number;
  /** Brings a row into sight and into being. */
  show(index: number): Promise<void>;
  rowAt(index: number): HTMLElement | undefined;
  /** Titles of the whole list, in order. */
  titles(): Promise<readonly string[]>;
}

export class RowFocus {
  readonly #host: RowFocusHost;
  #index = 0;
  #id: string | undefined;
  #hadFocus = false;
  #letters = '';
  #lettersUntil = 0;

  constructor(host: RowFocusHost) {
    this.#host = host;
  }

  /** The place of the row that Tab reaches: the last one used, else the current conversation, else the first there is. */
  tabStop(rows: readonly Conversation[], from: number, current: ConversationId | undefined): number {
    const used = rows.findIndex((row) => row.id === this.#id);
    if (used >= 0) {
      this.#index = from + used;
      return this.#index;
    }
    const open = rows.findIndex((row) => row.id === current);
    return from + Math.max(0, open);
  }

  /** A row got the focus. Answers whether that moves the tab stop. */
  settle(index: number): boolean {
    const id = this.#host.rowAt(index)?.dataset['id'];
    const moved = id !== this.#id;
    this.#index = index;
    this.#id = id;
    return moved;
  }

  forget(): void {
    this.#id = undefined;
    this.#index = 0;
  }

  /** Answers whether the key meant something. */
  key(event: KeyboardEvent, locale: string): boolean {
    const total = this.#host.total();
    if (total === 0) return false;
    const next = rowAfterKey(event.key, this.#index, total, this.#host.page());
    if (next !== undefined) void this.moveTo(next);
    else if (!this.#isLetter(event)) return false;
    else void this.#moveByLetters(event.key, locale);
    return true;
  }

  async moveTo(index: number): Promise<void> {
    await this.#host.show(index);
    this.#host.rowAt(index)?.focus({ preventScroll: true });
  }

  /** Before rows change. */
  remember(active: Element | null): void {
    this.#hadFocus = active?.classList.contains('row') ?? false;
  }

  /** After rows changed: a row that was moved or left took the focus with it. */
  keep(active: Element | null, otherwise: HTMLElement | null): void {
    if (!this.#hadFocus || active) return;
    const row = this.#host.rowAt(this.#index);
    const same = row?.dataset['id'] === this.#id ? row : otherwise;
    same?.focus({ preventScroll: true });
  }

  #isLetter({ key, timeStamp }: KeyboardEvent): boolean {
    const continues = timeStamp < this.#lettersUntil;
    return /^[^?]$/u.test(key) && (key !== ' ' || continues);
  }

  async #moveByLetters(letter: string, locale: string): Promise<void> {
    const now = performance.now();
    this.#letters = now < this.#lettersUntil ? this.#letters + letter : letter;
    this.#lettersUntil = now + LETTERS_MS;
    const found = findByLetters(await this.#host.titles(), this.#letters, this.#index, locale);
    if (found !== undefined) await this.moveTo(found);
  }
}
