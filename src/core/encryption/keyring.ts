// What encryption keeps, in memory as it is, on the disk as it was last written. The core is the only writer, so memory leads; what
// changed is handed on by name, and the last value of a name counts.
import type { KeptKeys, Store } from '../ports.ts';

/** Where rows are looked up and put. */
export type Shelf = Pick<Keyring, 'load' | 'isLoaded' | 'get' | 'put'>;

export class Keyring {
  readonly #store: Pick<Store, 'keys'>;
  readonly #known = new Map<string, unknown>();
  readonly #changed = new Map<string, unknown>();

  constructor(store: Pick<Store, 'keys'>) {
    this.#store = store;
  }

  /** To be awaited before the first look at a name. */
  async load(name: string): Promise<void> {
    if (this.#known.has(name)) return;
    const value = await this.#store.keys(name);
    // Somebody may have put one meanwhile.
    if (!this.#known.has(name)) this.#known.set(name, value);
  }

  isLoaded(name: string): boolean {
    return this.#known.has(name);
  }

  get<T>(name: string): T | undefined {
    return this.#known.get(name) as T | undefined;
  }

  put(name: string, value: unknown): void {
    this.#known.set(name, value);
    this.#changed.set(name, value);
  }

  takeChanged(): readonly KeptKeys[] {
    const changed = [...this.#changed].map(([name, value]) => ({ name, value }));
    this.#changed.clear();
    return changed;
  }
}

/** The same rows under names of their own. */
export const shelfOf = (keyring: Keyring, prefix: string): Shelf => ({
  load: (name) => keyring.load(prefix + name),
  isLoaded: (name) => keyring.isLoaded(prefix + name),
  get: <T>(name: string) => keyring.get<T>(prefix + name),
  put: (name, value) => keyring.put(prefix + name, value),
});
