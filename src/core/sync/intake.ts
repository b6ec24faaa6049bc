// One thing after another: whatever places messages waits its turn here, with what is known of its conversations in memory.
import type { ConversationId } from '../../model/conversation.ts';
import { complain } from '../complain.ts';
import type { Log } from '../ports.ts';
import type { KnownMessages } from './known-messages.ts';

/** What has to be known before a step may run: conversations, and how far back. */
export type Needs = Iterable<readonly [conversation: ConversationId, since: number]>;

interface Step {
  needs: Needs;
  work: () => void;
}

export class Intake {
  readonly #known: KnownMessages;
  readonly #log: Log;
  #steps: Step[] = [];
  #isRunning = false;
  #isTogether = false;

  constructor(known: KnownMessages, log: Log) {
    this.#known = known;
    this.#log = log;
  }

  /** Runs at once where nothing is waiting and everything is known. What breaks in one step never stops the next. */
  push(needs: Needs, work: () => void): void {
    if (this.#isTogether && this.#isReady(needs)) return this.#act({ needs, work });
    this.#steps.push({ needs, work });
    if (!this.#isRunning) this.#runAll();
  }

  /** The same, with an answer. */
  run<T>(needs: Needs, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.push(needs, () => {
        try {
          resolve(work());
        } catch (defect) {
          reject(defect);
        }
      });
    });
  }

  /** One step of what would be several: whatever is pushed meanwhile is done in it, so that one commit holds all of it. */
  together(needs: Needs, work: () => void): Promise<void> {
    return this.run(needs, () => {
      this.#isTogether = true;
      try {
        work();
      } finally {
        this.#isTogether = false;
      }
    });
  }

  /** Until there is no step left, or one has to wait. */
  #runAll(): void {
    this.#isRunning = true;
    for (let step = this.#steps.shift(); step; step = this.#steps.shift()) {
      if (!this.#isReady(step.needs)) return void this.#runLater(step);
      this.#act(step);
    }
    this.#isRunning = false;
  }

  async #runLater(step: Step): Promise<void> {
    await this.#prepare(step.needs).then(
      () => this.#act(step),
      (defect: unknown) => this.#tell(defect),
    );
    this.#runAll();
  }

  #act({ work }: Step): void {
    try {
      work();
    } catch (defect) {
      this.#tell(defect);
    }
  }

  #tell(defect: unknown): void {
    complain(this.#log, 'a step of sync broke', defect);
  }

  #isReady(needs: Needs): boolean {
    for (const [conversation, since] of needs) if (!this.#known.reaches(conversation, since)) return false;
    return true;
  }

  async #prepare(needs: Needs): Promise<void> {
    await Promise.all([...needs].map(([conversation, since]) => this.#known.load(conversation, since)));
  }
}
