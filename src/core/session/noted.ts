// What the person should know once. Each kind stands at most once, and goes when it is dismissed.
import type { Notice } from '../../model/situation.ts';
import type { Changes, Notices } from '../ports.ts';

export class Noted implements Notices {
  readonly #changes: Changes;
  readonly #standing = new Map<Notice['kind'], Notice>();
  readonly #dismissed = new Set<string>();

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  all(): readonly Notice[] {
    return [...this.#standing.values()];
  }

  /** What was dismissed does not come back in this session. */
  add(notice: Notice): void {
    if (this.#dismissed.has(notice.kind)) return;
    this.#standing.set(notice.kind, notice);
    this.#changes.tell({ about: 'situation' });
  }

  dismiss(kind: string): void {
    this.#dismissed.add(kind);
    if (this.#standing.delete(kind as Notice['kind'])) this.#changes.tell({ about: 'situation' });
  }

  /** It is no longer so: the next time it may be said again. */
  withdraw(kind: Notice['kind']): void {
    this.#dismissed.delete(kind);
    if (this.#standing.delete(kind)) this.#changes.tell({ about: 'situation' });
  }

  clear(): void {
    this.#dismissed.clear();
    this.#standing.clear();
  }
}
