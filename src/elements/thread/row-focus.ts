// One tab stop for the whole thread; arrows go from message to message.
import type { MessageId } from '../../model/message.ts';

export interface FocusView {
  count(): number;
  indexOf(id: MessageId): number | undefined;
  idAt(index: number): MessageId | undefined;
  /** How many messages fit in the view. */
  pageSize(): number;
  bubbleOf(id: MessageId): HTMLElement | undefined;
  /** Brings a row that is not drawn into the view. */
  reveal(id: MessageId): void;
  leave(): void;
}

type Step = (at: number, view: FocusView) => number;

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_, view) => view.count() - 1,
  PageUp: (at, view) => at - view.pageSize(),
  PageDown: (at, view) => at + view.pageSize(),
};

export class RowFocus {
  /** The message that has or last had the focus. */
  active: MessageId | undefined;
  readonly #view: FocusView;
  #wanted: MessageId | undefined;

  constructor(view: FocusView) {
    this.#view = view;
  }

  reset(): void {
    this.active = this.#wanted = undefined;
  }

  /** Answers with whether the key was ours. Keys with a modifier belong to the browser and the page. */
  press(event: KeyboardEvent): boolean {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    if (event.key === 'Escape') {
      this.#view.leave();
      return true;
    }
    const step = STEPS[event.key];
    if (!step || this.#view.count() === 0) return false;
    const at = (this.active && this.#view.indexOf(this.active)) ?? this.#view.count();
    this.#moveTo(Math.min(this.#view.count() - 1, Math.max(0, step(at, this.#view))));
    return true;
  }

  /** After each drawing: gives the focus to a row that has just come into being. */
  settle(): void {
    const bubble = this.#wanted && this.#view.bubbleOf(this.#wanted);
    if (!bubble) return;
    this.#wanted = undefined;
    bubble.focus({ preventScroll: true });
    bubble.scrollIntoView({ block: 'nearest' });
  }

  #moveTo(index: number): void {
    const id = this.#view.idAt(index);
    if (id === undefined) return;
    this.active = this.#wanted = id;
    if (!this.#view.bubbleOf(id)) this.#view.reveal(id);
    else this.settle();
  }
}
