// A leap to a place that may not be loaded yet: to what was found, to a day, and back to where the person was.
import type { ThreadModel } from './thread-model.ts';
import type { ThreadStage } from './thread-stage.ts';
import { holdsPlace } from './thread-state.ts';

export interface Leap {
  /** The message at this place, or else the next one below it. */
  order: number;
  /** How much of it lay above the upper edge, where it was seen before. Otherwise it comes to stand in sight. */
  fraction?: number;
}

export class ThreadLeap {
  readonly #model: ThreadModel;
  readonly #stage: ThreadStage;
  #leap: Leap | undefined;

  constructor(model: ThreadModel, stage: ThreadStage) {
    this.#model = model;
    this.#stage = stage;
  }

  to(leap: Leap | 'end'): void {
    if (leap === 'end') return this.#toEnd();
    this.#leap = leap;
    this.#model.goTo(leap.order);
    this.land();
  }

  /** Wherever it was to lead: it does no more. */
  cancel(): void {
    this.#leap = undefined;
  }

  /** Its place may have been loaded by now. */
  land(): void {
    const { state } = this.#model;
    const leap = this.#leap;
    if (!leap || !holdsPlace(state, leap.order)) return;
    this.#leap = undefined;
    const message = state.messages.find(({ order = Infinity }) => order >= leap.order);
    if (message) this.#stage.leap(message.id, leap.fraction);
  }

  #toEnd(): void {
    this.#leap = undefined;
    this.#stage.follow('jump');
    this.#model.goToNewest();
  }
}
