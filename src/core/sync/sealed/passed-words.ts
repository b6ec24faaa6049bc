// What was opened and held no words: receipts, marks, empty answers. Nothing of it stands in a thread, and ratchets forget chains that ended
// long ago. So it is known again by the archive's id, when a page that was asked for reaches back over what came before.
import type { Store } from '../../ports.ts';
import type { Journal } from '../journal.ts';

/** Small enough to be written with every receipt; together several pages of an archive and minutes of a line that keeps breaking. */
const IN_ROW = 64;
const ROWS = 16;

/** One of the rows in a ring: the newest has the highest turn. */
interface Row {
  readonly turn: number;
  readonly ids: readonly string[];
}

export interface PassedWordsNeeds {
  store: Pick<Store, 'keys'>;
  journal: Pick<Journal, 'keep'>;
}

export class PassedWords {
  readonly #needs: PassedWordsNeeds;
  readonly #known = new Set<string>();
  /** Oldest first. */
  #rows: Row[] = [];
  #loading: Promise<void> | undefined;

  constructor(needs: PassedWordsNeeds) {
    this.#needs = needs;
  }

  /** To be awaited before the first look. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load());
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** To be called in the step that keeps what the ratchets came to. */
  note(ids: readonly string[]): void {
    const changed = new Map<string, Row>();
    for (const id of ids) {
      if (this.#known.has(id)) continue;
      const row = this.#add(id);
      changed.set(nameOf(row), row);
    }
    this.#needs.journal.keep([...changed].map(([name, value]) => ({ name, value })));
  }

  async #load(): Promise<void> {
    const names = Array.from({ length: ROWS }, (_, at) => nameOf({ turn: at }));
    const rows = await Promise.all(names.map((name) => this.#needs.store.keys<Row>(name)));
    this.#rows = rows.filter((row) => row !== undefined).toSorted((a, b) => a.turn - b.turn);
    for (const { ids } of this.#rows) for (const id of ids) this.#known.add(id);
  }

  #add(id: string): Row {
    const last = this.#rows.at(-1);
    const isFull = !last || last.ids.length >= IN_ROW;
    const row = isFull ? { turn: (last?.turn ?? -1) + 1, ids: [id] } : { ...last, ids: [...last.ids, id] };
    this.#rows = isFull ? [...this.#rows, row] : [...this.#rows.slice(0, -1), row];
    this.#known.add(id);
    if (this.#rows.length > ROWS) for (const old of this.#rows.shift()?.ids ?? []) this.#known.delete(old);
    return row;
  }
}

const nameOf = ({ turn }: Pick<Row, 'turn'>): string => `passed ${turn % ROWS}`;
