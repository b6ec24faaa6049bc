// Tabs that write numbered messages to somebody without a pause. Who loses its tab in the middle of a message hands the same one in from another.
import type { ConversationId } from '../../../src/model/conversation.ts';
import type { MessageId } from '../../../src/model/message.ts';
import { numbered } from '../../kit/history-checker.ts';
import type { Callers } from './elections.ts';
import { eventually } from './expect.ts';
import type { Tab } from './tabs.ts';

const PACE_MS = 60;
const SETTLE_MS = 30_000;

interface Pen {
  name: string;
  /** Messages that a core has taken. */
  taken: number;
  /** When the newest of them was handed in. */
  handedInAt: number;
}

export class Pens implements Callers {
  readonly #to: ConversationId;
  readonly #pens = new Map<Tab, Pen>();
  readonly #all: Pen[] = [];
  readonly #writing: Promise<void>[] = [];
  /** Where last words go when nobody begins new ones. */
  #last: Tab | undefined;

  constructor(to: ConversationId) {
    this.#to = to;
  }

  /** How many each has written. */
  get taken(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#all.map(({ name, taken }) => [name, taken]));
  }

  watch(tab: Tab): void {
    const pen = { name: `tab-${this.#all.length + 1}`, taken: 0, handedInAt: 0 };
    this.#all.push(pen);
    this.#pens.set(tab, pen);
    this.#writing.push(this.#write(tab, pen));
  }

  letGo(tab: Tab): void {
    this.#pens.delete(tab);
  }

  settled(tabs: readonly Tab[], since: number, what: string): Promise<number> {
    const isServed = (tab: Tab): boolean => (this.#pens.get(tab)?.handedInAt ?? 0) >= since;
    return eventually(`served again: ${what}`, () => tabs.every(isServed), SETTLE_MS).then(() => performance.now() - since);
  }

  /** The last words of each are handed in by a tab that stays. */
  async end(): Promise<void> {
    this.#last = this.#anyTab();
    this.#pens.clear();
    await Promise.all(this.#writing);
  }

  async #write(tab: Tab, pen: Pen): Promise<void> {
    while (this.#pens.has(tab)) {
      const id = crypto.randomUUID() as MessageId;
      const text = numbered(pen.name, pen.taken + 1);
      let handedInAt = performance.now();
      while (!(await this.#handIn(tab, id, text))) {
        await pause(PACE_MS);
        handedInAt = performance.now();
      }
      pen.taken += 1;
      pen.handedInAt = handedInAt;
      await pause(PACE_MS);
    }
  }

  #anyTab(): Tab | undefined {
    return this.#pens.keys().next().value ?? this.#last;
  }

  #isThere(tab: Tab): boolean {
    return this.#pens.has(tab) || tab === this.#last;
  }

  /** A tab that is gone never answers. */
  async #handIn(own: Tab, id: MessageId, text: string): Promise<boolean> {
    const tab = this.#isThere(own) ? own : this.#anyTab();
    if (!tab) return false;
    const answer = tab.client.sendMessage(this.#to, { id, text }).then(({ ok }) => ok);
    return Promise.race([answer, this.#untilGone(tab)]);
  }

  async #untilGone(tab: Tab): Promise<false> {
    while (this.#isThere(tab)) await pause(PACE_MS);
    return false;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
