// What the tabs are told: topics, gathered once a tick and numbered.
import type { Clock } from '../../base/clock.ts';
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
    const key = topic.about === 'thread' ? `thread ${topic.conversation}` : topic.about;
    const known = this.#topics.get(key);
    this.#topics.set(key, known ? joined(known, topic) : topic);
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

/** The lowest place counts; without one only the newest end changed. */
function joined(known: Topic, topic: Topic): Topic {
  if (known.about !== 'thread' || topic.about !== 'thread') return topic;
  if (known.from === undefined) return topic;
  return topic.from === undefined || known.from <= topic.from ? known : topic;
}
