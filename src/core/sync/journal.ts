// Every write of a session goes through here: gathered, committed in groups, told to the tabs, and only then spoken of on the network.
//   quiet ──write──▶ waiting (at most 50 ms or 50 messages) ──▶ committing ──ok──▶ tell the tabs ──▶ act
//   A live message is the exception: tabs read it from here while it is on its way. A core that dies then finds it again in the archive.
//                                                                  └── refused ──▶ keeps everything, tries again
import type { Clock } from '../../base/clock.ts';
import { gatherTopic } from '../../contracts/gather-topics.ts';
import type { Topic } from '../../contracts/session.ts';
import type { ConversationId } from '../../model/conversation.ts';
import { failed, succeeded, type Answer } from '../../model/failure.ts';
import type { MessageId } from '../../model/message.ts';
import { complain } from '../complain.ts';
import type { Batch, Changes, FactName, KeptKeys, Log, OutboxRecord, Store, StoredMessage } from '../ports.ts';
import type { ConversationBook } from './book.ts';
import { GatheredKeys, type TurnedKeys } from './gathered-keys.ts';

const LONGEST_WAIT_MS = 50;
/** After a quiet moment so many commits need not wait: a message, its receipt and its read mark come one right after the other. */
const SPARE_COMMITS = 3;
const LARGEST_GROUP = 50;
/** In a burst a commit costs more than what it holds: for each so much that is paid ahead, a group may be twice as large. */
const DOUBLES_AFTER_MS = 250;
/** Without a message for so long a burst is over. */
const PAUSE_MS = 10;
const RETRY_AFTER_MS = 2_000;
/** Each record is sealed alone. A thousand new contacts would hold up everything else; those that no message needs come a few at a time. */
const MOST_RECORDS = 64;

export interface JournalNeeds {
  store: Pick<Store, 'commit'>;
  book: ConversationBook;
  clock: Clock;
  changes: Changes;
  log: Log;
  /** The store took a batch, or refused one. */
  outcome(answer: Answer<void>): void;
}

export class Journal {
  readonly #needs: JournalNeeds;
  #messages: StoredMessage[] = [];
  /** On their way to the disk. */
  #storing: readonly StoredMessage[] = [];
  #changed: StoredMessage[] = [];
  #settled: MessageId[] = [];
  #facts: Partial<Record<FactName, unknown>> = {};
  readonly #keys = new GatheredKeys();
  #topics = new Map<string, Topic>();
  #afterwards: (() => void)[] = [];
  #isDirty = false;
  #cancelTimer: (() => void) | undefined;
  /** Each commit pays for 50 ms; what is paid ahead is limited. */
  #paidUntil = -Infinity;
  #fullGroup = LARGEST_GROUP;
  #chain: Promise<unknown> = Promise.resolve();
  #committing = 0;
  #isClosed = false;
  #written = 0;

  constructor(needs: JournalNeeds) {
    this.#needs = needs;
  }

  /** Grows with everything that is written of messages: who reads the store to change it sees whether something else did. */
  get written(): number {
    return this.#written;
  }

  add(messages: readonly StoredMessage[]): void {
    this.#written += 1;
    for (const message of messages) this.#messages.push(message);
    this.#schedule();
  }

  /** Added, and perhaps not on the disk yet. To be had before the store is read: what reaches it meanwhile is in both. */
  unstored(conversation: ConversationId): readonly StoredMessage[] {
    return [...this.#storing, ...this.#messages].filter((message) => message.conversation === conversation);
  }

  change(message: StoredMessage): void {
    this.#written += 1;
    this.#changed.push(message);
    this.#schedule();
  }

  /** It leaves the outbox in the commit that brings it into its thread. */
  settle(id: MessageId): void {
    this.#settled.push(id);
    this.#schedule();
  }

  setFact(name: FactName, value: unknown): void {
    this.#facts[name] = value;
    this.#schedule();
  }

  /** What ratchets came to: to be called in the step that writes what was read with them, so that one commit holds both. */
  keep(keys: readonly KeptKeys[]): void {
    if (keys.length === 0) return;
    this.#keys.add(this.#keys.stamp(keys));
    this.#schedule();
  }

  /** A record of the book changed in what nobody is shown: it rides in the next commit. */
  touch(): void {
    this.#schedule();
  }

  /** Told once what stands now is on disk. */
  tell(topic: Topic): void {
    gatherTopic(this.#topics, topic);
    this.#schedule();
  }

  /** What was added can be read from here: it is told right away. In a burst a commit brings more than a frame can show, and is told instead. */
  tellAdded(topic: Topic): void {
    if (this.#fullGroup > LARGEST_GROUP) this.tell(topic);
    else this.#needs.changes.tell(topic);
  }

  /** Done once what stands now is on disk. */
  afterwards(work: () => void): void {
    this.#afterwards.push(work);
    this.#schedule();
  }

  /** The outbox waits for the disk: what is sent must be stored. Takes everything else along; on refusal only these records are dropped. */
  commitStrict(outbox: readonly OutboxRecord[], settled: readonly MessageId[] = []): Promise<Answer<void>> {
    return this.#commit({ outbox, settled }, 'strict');
  }

  /**
   * What was sealed, with the steps of the ratchets that sealed it. On refusal the steps are kept for the next commit: what they used up is
   * never used again.
   */
  commitSealed(outbox: readonly OutboxRecord[], keys: readonly KeptKeys[]): Promise<Answer<void>> {
    return this.#commit({ outbox }, 'strict', this.#keys.stamp(keys));
  }

  /** Answers when everything written so far is on disk, or was refused. */
  async flush(): Promise<Answer<void>> {
    if (this.isClean()) return succeeded(undefined);
    for (let left = this.#needs.book.dirtyCount; left > MOST_RECORDS; left -= MOST_RECORDS) {
      const answer = await this.#commit({}, 'relaxed');
      if (!answer.ok) return answer;
    }
    return this.#commit({}, 'relaxed');
  }

  /** Nothing waits and nothing is being written. */
  isClean(): boolean {
    return !this.#isDirty && this.#committing === 0;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
  }

  #schedule(): void {
    this.#isDirty = true;
    if (this.#isClosed) return;
    if (this.#messages.length >= this.#fullGroup && this.#committing === 0) return void this.#commit({}, 'relaxed');
    if (this.#cancelTimer) return;
    const { clock } = this.#needs;
    if (this.#fullGroup > LARGEST_GROUP) return this.#awaitPause(clock.now() + LONGEST_WAIT_MS);
    const wait = Math.max(0, Math.min(LONGEST_WAIT_MS, this.#paidUntil - (SPARE_COMMITS - 1) * LONGEST_WAIT_MS - clock.now()));
    this.#cancelTimer = clock.after(wait, () => void this.#commit({}, 'relaxed'));
  }

  /** In a burst a group ends with the burst, or once it has waited long enough. */
  #awaitPause(until: number): void {
    const { clock } = this.#needs;
    const count = this.#messages.length;
    this.#cancelTimer = clock.after(PAUSE_MS, () => {
      if (this.#messages.length > count && clock.now() < until) this.#awaitPause(until);
      else void this.#commit({}, 'relaxed');
    });
  }

  #commit(part: Batch, durability: 'strict' | 'relaxed', keys?: readonly TurnedKeys[]): Promise<Answer<void>> {
    const turn = this.#chain.then(() => this.#write(part, durability, keys));
    this.#committing += 1;
    this.#chain = turn.finally(() => (this.#committing -= 1));
    return turn;
  }

  async #write(part: Batch, durability: 'strict' | 'relaxed', keys?: readonly TurnedKeys[]): Promise<Answer<void>> {
    if (this.#isClosed) return failed({ kind: 'not-signed-in' });
    const taken = this.#take(part.outbox, keys);
    const batch = batchOf(taken, part);
    this.#storing = taken.messages;
    const answer = batch ? await this.#commitToStore(batch, durability) : succeeded(undefined);
    this.#storing = [];
    if (batch) this.#needs.outcome(answer);
    if (!answer.ok) {
      this.#putBack(taken);
      return answer;
    }
    for (const topic of taken.topics.values()) this.#needs.changes.tell(topic);
    for (const work of taken.afterwards) this.#isolated(work);
    if (this.#isDirty) this.#schedule();
    return answer;
  }

  async #commitToStore(batch: Batch, durability: 'strict' | 'relaxed'): Promise<Answer<void>> {
    try {
      return await this.#needs.store.commit(batch, durability);
    } catch (defect) {
      complain(this.#needs.log, 'a commit broke', defect);
      return failed({ kind: 'storage-blocked' });
    }
  }

  #take(outbox: readonly OutboxRecord[] = [], keys?: readonly TurnedKeys[]): Taken {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const { book, clock } = this.#needs;
    const now = clock.now();
    this.#paidUntil = Math.max(this.#paidUntil, now) + LONGEST_WAIT_MS;
    this.#fullGroup = LARGEST_GROUP * 2 ** Math.floor((this.#paidUntil - now) / DOUBLES_AFTER_MS);
    const needed = [...this.#messages, ...this.#changed, ...outbox];
    const taken: Taken = {
      messages: this.#messages,
      changed: this.#changed,
      settled: this.#settled,
      conversations: book.takeDirty(new Set(needed.map(({ conversation }) => conversation)), MOST_RECORDS),
      facts: this.#facts,
      keys: this.#keys.take(keys),
      topics: this.#topics,
      afterwards: this.#afterwards,
    };
    this.#messages = [];
    this.#changed = [];
    this.#settled = [];
    this.#facts = {};
    this.#topics = new Map();
    this.#afterwards = [];
    this.#isDirty = book.dirtyCount > 0;
    return taken;
  }

  #putBack(taken: Taken): void {
    this.#messages = [...taken.messages, ...this.#messages];
    this.#changed = [...taken.changed, ...this.#changed];
    this.#settled = [...taken.settled, ...this.#settled];
    this.#facts = { ...taken.facts, ...this.#facts };
    this.#keys.add(taken.keys);
    for (const topic of taken.topics.values()) gatherTopic(this.#topics, topic);
    this.#afterwards = [...taken.afterwards, ...this.#afterwards];
    this.#needs.book.putBack(taken.conversations);
    this.#isDirty = true;
    if (!this.#isClosed) this.#cancelTimer ??= this.#needs.clock.after(RETRY_AFTER_MS, () => void this.#commit({}, 'relaxed'));
  }

  #isolated(work: () => void): void {
    try {
      work();
    } catch (defect) {
      complain(this.#needs.log, 'what follows a commit broke', defect);
    }
  }
}

interface Taken {
  messages: StoredMessage[];
  changed: StoredMessage[];
  settled: MessageId[];
  conversations: Batch['conversations'] & object;
  facts: Partial<Record<FactName, unknown>>;
  keys: readonly TurnedKeys[];
  topics: ReadonlyMap<string, Topic>;
  afterwards: (() => void)[];
}

function batchOf(taken: Taken, part: Batch): Batch | undefined {
  const batch: Batch = {
    ...(taken.messages.length > 0 && { messages: taken.messages }),
    ...(taken.changed.length > 0 && { changed: taken.changed }),
    ...(taken.conversations.length > 0 && { conversations: taken.conversations }),
    ...(part.outbox?.length && { outbox: part.outbox }),
    ...((part.settled?.length || taken.settled.length > 0) && { settled: [...taken.settled, ...(part.settled ?? [])] }),
    ...(Object.keys(taken.facts).length > 0 && { facts: taken.facts }),
    ...(taken.keys.length > 0 && { keys: taken.keys.map(({ kept }) => kept) }),
  };
  return Object.keys(batch).length > 0 ? batch : undefined;
}
