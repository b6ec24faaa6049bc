// Draws the rows that are on stage, each into a box of its own that lives and dies with its message.
// Lit's `repeat` leaves the end marker of every removed row behind (3.3.3), which a scrolled thread never gets rid of; and it draws
// every row again. Here a row is drawn again only when something it is made of has changed.
import { render, type TemplateResult } from 'lit';
import type { MessageId } from '../../model/message.ts';
import type { Row } from './rows.ts';

export interface RowLook {
  row: Row;
  index: number;
  isStop: boolean;
  isActive: boolean;
}

interface Painted {
  box: HTMLElement;
  index: number;
  made: readonly unknown[];
}

export class RowPainter {
  readonly #draw: (look: RowLook) => TemplateResult;
  #stage: HTMLElement | undefined;
  #painted = new Map<MessageId, Painted>();

  constructor(draw: (look: RowLook) => TemplateResult) {
    this.#draw = draw;
  }

  /** `facts`: what all rows are made of beside themselves, the language for one. Answers with what was drawn anew. */
  paint(stage: HTMLElement, looks: readonly RowLook[], facts: readonly unknown[]): readonly MessageId[] {
    if (stage !== this.#stage) this.#painted.clear();
    this.#stage = stage;
    const kept = new Set(looks.map((look) => look.row.message.id));
    for (const [id, { box }] of this.#painted) {
      if (kept.has(id)) continue;
      box.remove();
      this.#painted.delete(id);
    }
    const fresh: MessageId[] = [];
    let next = stage.firstElementChild;
    for (const look of looks) {
      const box = this.#paintRow(look, facts, fresh);
      if (box === next) next = next.nextElementSibling;
      else stage.insertBefore(box, next);
    }
    return fresh;
  }

  boxOf(id: MessageId): HTMLElement | undefined {
    return this.#painted.get(id)?.box;
  }

  /** Older messages shift every number; that alone draws nothing again. */
  #paintRow(look: RowLook, facts: readonly unknown[], fresh: MessageId[]): HTMLElement {
    const { row, index, isStop, isActive } = look;
    const { id } = row.message;
    const made = [row, isStop, isActive, ...facts];
    let painted = this.#painted.get(id);
    if (!painted || made.some((part, at) => part !== painted?.made[at])) {
      painted = { box: painted?.box ?? document.createElement('div'), index: painted?.index ?? -1, made };
      painted.box.className = row.first ? 'row first' : 'row';
      const before = painted.box.lastElementChild;
      render(this.#draw(look), painted.box);
      // With another template it is another element, which has no number yet.
      if (painted.box.lastElementChild !== before) painted.index = -1;
      this.#painted.set(id, painted);
      fresh.push(id);
    }
    if (painted.index !== index) painted.box.lastElementChild?.setAttribute('aria-posinset', String(index + 1));
    painted.index = index;
    return painted.box;
  }
}
