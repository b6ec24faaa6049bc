// What one tab is told: one notice at a time, numbered for it alone. While it has not looked, changes gather here, never in the tab.
import { gatherTopic } from '../../contracts/gather-topics.ts';
import type { ChangedNotice } from '../../contracts/port.ts';
import type { Topic } from '../../contracts/session.ts';

/** Beyond so many threads a tab looks at everything anyway. */
const MOST_TOPICS = 200;

export class Notices {
  #post: (notice: ChangedNotice) => void;
  #gathered = new Map<string, Topic>();
  #overflown = false;
  #revision = 0;
  #seen = 0;

  constructor(post: (notice: ChangedNotice) => void) {
    this.#post = post;
  }

  tell(topics: readonly Topic[]): void {
    for (const topic of topics) this.#gather(topic);
    this.#send();
  }

  /** A tab can only have seen what it was sent. */
  seen(revision: unknown): void {
    if (revision !== this.#revision) return;
    this.#seen = this.#revision;
    this.#send();
  }

  #gather(topic: Topic): void {
    if (this.#overflown) return;
    gatherTopic(this.#gathered, topic);
    if (this.#gathered.size <= MOST_TOPICS) return;
    this.#overflown = true;
    this.#gathered.clear();
  }

  #send(): void {
    if (this.#seen !== this.#revision || (this.#gathered.size === 0 && !this.#overflown)) return;
    // A number left out tells the tab to look at everything.
    this.#revision += this.#overflown ? 2 : 1;
    const topics = [...this.#gathered.values()];
    this.#gathered.clear();
    this.#overflown = false;
    this.#post({ warbler: 'changed', revision: this.#revision, topics });
  }
}
