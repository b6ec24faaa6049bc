// What calls were already answered: a tab that lost its port repeats a call with its id, and it must not act twice.

/** Twice as many as a tab could have open when it is cut off. */
const MOST_REMEMBERED = 1_000;

export class Answered<T> {
  #answers = new Map<string, Promise<T>>();

  /** The second time with the same key it answers what the first time did, finished or not. */
  once(key: string, act: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key);
    if (known) return known;
    const answer = act();
    this.#answers.set(key, answer);
    if (this.#answers.size > MOST_REMEMBERED) this.#forgetOldest();
    return answer;
  }

  #forgetOldest(): void {
    for (const key of this.#answers.keys()) {
      this.#answers.delete(key);
      return;
    }
  }
}
