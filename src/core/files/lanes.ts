// So many at a time, the others in the order they came.

const AT_ONCE = 2;

export class Lanes {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) await new Promise<void>((go) => this.#waiting.push(go));
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}
