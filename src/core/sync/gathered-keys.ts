// What ratchets and trust came to, until it is on the disk: of each name the newest value, in whatever order commits carry them.
import type { KeptKeys } from '../ports.ts';

/** A value with its turn among all of them. */
export interface TurnedKeys {
  readonly turn: number;
  readonly kept: KeptKeys;
}

export class GatheredKeys {
  #waiting = new Map<string, TurnedKeys>();
  readonly #taken = new Map<string, number>();
  #turn = 0;

  /** To ride in a certain commit, not in the next one. */
  stamp(keys: readonly KeptKeys[]): TurnedKeys[] {
    return keys.map((kept) => ({ turn: ++this.#turn, kept }));
  }

  add(keys: Iterable<TurnedKeys>): void {
    for (const one of keys) if (one.turn > (this.#waiting.get(one.kept.name)?.turn ?? 0)) this.#waiting.set(one.kept.name, one);
  }

  /** Everything that waits, with what rides in this commit; nothing that an earlier commit carries in a newer form. */
  take(riding: readonly TurnedKeys[] = []): TurnedKeys[] {
    this.add(riding);
    const taken = [...this.#waiting.values()].filter(({ turn, kept }) => turn >= (this.#taken.get(kept.name) ?? 0));
    for (const { turn, kept } of taken) this.#taken.set(kept.name, turn);
    this.#waiting = new Map();
    return taken;
  }
}
