// What the tabs are told: topics, gathered once a tick and numbered. What nobody waits for rides along with what comes next, or goes out a
// moment later: each time that eight tabs are told, eight tabs read and draw.
import type { Clock } from '../../base/clock.ts';
import { gatherTopic } from '../../contracts/gather-topics.ts';
import type { Changed, Topic } from '../../contracts/session.ts';
import type { Changes, Urgency } from '../ports.ts';

/** Shorter than anybody notices, longer than from the engine's word to the other side's receipt. */
const LATER_MS = 100;

type Listener = (changed: Changed) => void;

export class GatheredChanges implements Changes {
  readonly #clock: Clock;
  readonly #listeners = new Set<Listener>();
  #topics = new Map<string, Topic>();
  #cancel: (() => void) | undefined;
  #isUrgent = false;
  #revision = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get revision(): number {
    return this.#revision;
  }

  tell(topic: Topic, urgency: Urgency = 'now'): void {
    gatherTopic(this.#topics, topic);
    if (this.#cancel && (this.#isUrgent || urgency === 'later')) return;
    this.#cancel?.();
    this.#isUrgent = urgency === 'now';
    this.#cancel = this.#clock.after(this.#isUrgent ? 0 : LATER_MS, () => this.#send());
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #send(): void {
    this.#cancel = undefined;
    const topics = [...this.#topics.values()];
    this.#topics = new Map();
    this.#revision += 1;
    for (const listener of this.#listeners) listener({ revision: this.#revision, topics });
  }
}
