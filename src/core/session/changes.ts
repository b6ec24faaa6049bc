// What the tabs are told: topics, gathered once a tick and numbered.
import type { Clock } from '../../base/clock.ts';
import { gatherTopic } from '../../contracts/gather-topics.ts';
import type { Changed, Topic } from '../../contracts/session.ts';
import type { Changes } from '../ports.ts';

type Listener = (changed: Changed) => void;

export class GatheredChanges implements Changes {
  readonly #clock: Clock;
  readonly #listeners = new Set<Listener>();
  #topics = new Map<string, Topic>();
  #isWaiting = false;
  #revision = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get revision(): number {
    return this.#revision;
  }

  tell(topic: Topic): void {
    gatherTopic(this.#topics, topic);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#clock.after(0, () => this.#send());
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #send(): void {
    this.#isWaiting = false;
    const topics = [...this.#topics.values()];
    this.#topics = new Map();
    this.#revision += 1;
    for (const listener of this.#listeners) listener({ revision: this.#revision, topics });
  }
}
