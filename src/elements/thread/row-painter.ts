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

export class RowPainter {
  readonly #draw: (look: RowLook) => TemplateResult;
  #stage: HTMLElement | undefined;
  #boxes = new Map<MessageId, { box: HTMLElement; drawn: readonly unknown[] }>();

  constructor(draw: (look: RowLook) => TemplateResult) {
    this.#draw = draw;
  }

  /** `facts`: what all rows are made of beside themselves, the language for one. */
  paint(stage: HTMLElement, looks: readonly RowLook[], ...facts: readonly unknown[]): void {
    if (stage !== this.#stage) this.#boxes.clear();
    this.#stage = stage;
    const kept = new Set(looks.map((look) => look.row.message.id));
    for (const [id, { box }] of this.#boxes) {
      if (kept.has(id)) continue;
      box.remove();
      this.#boxes.delete(id);
    }
    let next = stage.firstElementChild;
    for (const look of looks) {
      const box = this.#paintRow(look, facts);
      if (box === next) next = next.nextElementSibling;
      else stage.insertBefore(box, next);
    }
  }

  #paintRow(look: RowLook, facts: readonly unknown[]): HTMLElement {
    const { row, index, isStop, isActive } = look;
    const known = this.#boxes.get(row.message.id);
    const box = known?.box ?? document.createElement('div');
    const drawn = [row, isStop, isActive, ...facts];
    if (!known || drawn.some((part, at) => part !== known.drawn[at])) {
      box.className = row.first ? 'row first' : 'row';
      render(this.#draw(look), box);
      this.#boxes.set(row.message.id, { box, drawn });
    }
    number(box, index);
    return box;
  }
}

/** Older messages shift every number; that alone draws nothing again. */
function number(box: HTMLElement, index: number): void {
  if (box.dataset['index'] === String(index)) return;
  box.dataset['index'] = String(index);
  box.lastElementChild?.setAttribute('aria-posinset', String(index + 1));
}
