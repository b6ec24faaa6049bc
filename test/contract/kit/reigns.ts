// Tabs that call without a pause, and which core answered when: a core that answers after its successor did is a second leader.
import type { Callers } from './elections.ts';
import { eventually } from './expect.ts';
import { send, type Tab } from './tabs.ts';

const PACE_MS = 8;

interface Reign {
  core: string;
  firstAnsweredAt: number;
  lastAskedAt: number;
}

interface Caller {
  /** Of the newest call that was answered, and by whom. */
  askedAt: number;
  core: string;
}

export class Reigns implements Callers {
  readonly #reigns = new Map<string, Reign>();
  readonly #callers = new Map<Tab, Caller>();
  /** Calls that were not answered as they should be. */
  readonly lost: string[] = [];
  answered = 0;

  /** It calls until it is let go. */
  watch(tab: Tab): void {
    this.#callers.set(tab, { askedAt: 0, core: '' });
    void this.#call(tab);
  }

  letGo(tab: Tab): void {
    this.#callers.delete(tab);
  }

  count(): number {
    return this.#reigns.size;
  }

  /** Until each of these tabs was answered since, by the same core. */
  async settled(tabs: readonly Tab[], since: number, what: string): Promise<number> {
    await eventually(
      `one core for all: ${what}`,
      () => {
        const callers = tabs.map((tab) => this.#callers.get(tab));
        return callers.every((caller) => caller && caller.askedAt >= since) && new Set(callers.map((caller) => caller?.core)).size === 1;
      },
      30_000,
    );
    return performance.now() - since;
  }

  /** Cores that answered what was asked after another one had begun to answer. */
  overlaps(): readonly string[] {
    const inOrder = [...this.#reigns.values()].toSorted((a, b) => a.firstAnsweredAt - b.firstAnsweredAt);
    return inOrder.flatMap(({ core, lastAskedAt }, at) => {
      const overMs = lastAskedAt - (inOrder[at + 1]?.firstAnsweredAt ?? Infinity);
      return overMs > 0 ? [`${core} still answered ${overMs} ms after the next one began`] : [];
    });
  }

  async #call(tab: Tab): Promise<void> {
    while (this.#callers.has(tab)) {
      const askedAt = performance.now();
      const answer = await send(tab, 'steady');
      if (!this.#callers.has(tab)) return;
      if (answer.ok) this.#note(tab, (answer.value as unknown as { authorName: string }).authorName, askedAt);
      else this.lost.push(JSON.stringify(answer.failure));
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
  }

  #note(tab: Tab, core: string, askedAt: number): void {
    this.answered += 1;
    this.#callers.set(tab, { askedAt, core });
    const reign = this.#reigns.get(core) ?? { core, firstAnsweredAt: performance.now(), lastAskedAt: askedAt };
    this.#reigns.set(core, { ...reign, lastAskedAt: Math.max(reign.lastAskedAt, askedAt) });
  }
}
