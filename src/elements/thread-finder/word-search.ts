// One search for words through one conversation: step by step from the newest down, kept true while messages come and go.
//   words → steps → all looked through        changed → the changed places again        on → the next gap, until something is found
import type { SessionClient } from '../../client/session-client.ts';
import type { FoundMessage, Gap, ThreadFindings } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';
import type { Answer, Failure } from '../../model/failure.ts';
import { joinTouched, touchedPlaces, type Touched } from '../thread/touched-places.ts';

export type SearchSource = Pick<SessionClient, 'findInThread' | 'readThread' | 'onChanged'>;

export interface SearchNeeds {
  source: SearchSource;
  conversation: ConversationId;
  fill(gap: Gap): Promise<Answer<void>> | undefined;
  changed(): void;
}

const EVERYTHING: Touched = { from: -Infinity, to: Infinity };

export class WordSearch {
  readonly words: string;
  /** Newest first. */
  found: readonly FoundMessage[] = [];
  /** Everything that is stored has been looked through at least once. */
  isDone = false;
  isFetching = false;
  /** Where messages are missing, newest first. */
  gaps: readonly Gap[] = [];
  failure: Failure | undefined;

  readonly #needs: SearchNeeds;
  readonly #unsubscribe: () => void;
  #touched: Touched | undefined = EVERYTHING;
  #working: Promise<void> | undefined;
  #isStopped = false;

  constructor(words: string, needs: SearchNeeds) {
    this.words = words;
    this.#needs = needs;
    this.#unsubscribe = needs.source.onChanged((looks) => {
      const { shown } = touchedPlaces(looks, needs.conversation, -Infinity);
      if (shown) void this.#look(shown);
    });
    void this.#look(EVERYTHING);
  }

  /** A newer search took its place, or nobody wants to know any more. */
  stop(): void {
    this.#isStopped = true;
    this.isFetching = false;
    this.#unsubscribe();
  }

  stopFetching(): void {
    this.isFetching = false;
    this.#needs.changed();
  }

  /** Fetches what is missing, the newest first, until something is found there, nothing is missing or somebody has enough of it. */
  async fetchOn(): Promise<void> {
    if (this.isFetching) return;
    const before = this.found.length;
    this.isFetching = true;
    this.failure = undefined;
    this.#needs.changed();
    for (let gap = this.gaps[0]; gap && this.isFetching && this.found.length === before; gap = this.gaps[0]) {
      if (!(await this.#fetch(gap))) break;
    }
    this.isFetching = false;
    if (!this.#isStopped) this.#needs.changed();
  }

  async #fetch(gap: Gap): Promise<boolean> {
    const { source, conversation, fill } = this.#needs;
    const older = await source.readThread({ conversation, around: gap.below, before: 1, after: 0 });
    const answer = await fill(gap);
    if (!answer?.ok) this.failure = answer?.failure ?? { kind: 'no-answer' };
    else await this.#look({ from: (older.ok && older.value.messages[0]?.order) || -Infinity, to: gap.below });
    return answer?.ok === true && this.failure === undefined;
  }

  /** One at a time: what is touched meanwhile is looked at in the next round. */
  #look(touched: Touched): Promise<void> {
    this.#touched = joinTouched(this.#touched, touched);
    this.#working ??= this.#work();
    return this.#working;
  }

  async #work(): Promise<void> {
    try {
      for (let touched = this.#take(); touched && !this.#isStopped; touched = this.#take()) await this.#through(touched);
    } finally {
      this.#working = undefined;
    }
  }

  #take(): Touched | undefined {
    const touched = this.#touched;
    this.#touched = undefined;
    return touched;
  }

  /** Only the newest end changed: one step from there covers it. */
  async #through({ from, to }: Touched): Promise<void> {
    const isEnd = from === Infinity;
    const above = isEnd ? -Infinity : from - 0.5;
    let below: number | undefined = to === Infinity ? Infinity : to + 0.5;
    while (below !== undefined) {
      const { source, conversation } = this.#needs;
      const answer: Answer<ThreadFindings> = await source.findInThread({ conversation, words: this.words, above, below });
      if (this.#isStopped) return;
      if (!answer.ok) return this.#fail(answer.failure);
      this.#merge(answer.value, above, below);
      below = isEnd ? undefined : answer.value.next;
      this.isDone ||= below === undefined && !isEnd;
      this.#needs.changed();
    }
  }

  /** The step tells everything between the two places: what was found there before gives way to it. */
  #merge({ found, next, gaps }: ThreadFindings, above: number, below: number): void {
    const floor = next ?? above;
    const newer = this.found.filter(({ order }) => order >= below);
    const older = this.found.filter(({ order }) => (next === undefined ? order <= above : order < floor));
    this.found = [...newer, ...found, ...older];
    if (next === undefined) this.gaps = gaps;
  }

  #fail(failure: Failure): void {
    this.failure = failure;
    this.isDone = true;
    this.#needs.changed();
  }
}
