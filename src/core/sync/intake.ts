// One thing after another: whatever places messages waits its turn here, with what is known of its conversations in memory.
import type { ConversationId } from '../../model/conversation.ts';
import type { Log } from '../ports.ts';
import type { KnownMessages } from './known-messages.ts';

/** What has to be known before a step may run: conversations, and how far back. */
export type Needs = ReadonlyMap<ConversationId, number>;

interface Step {
  needs: Needs;
  work: () => void;
}

export const NOTHING_NEEDED: Needs = new Map();

export class Intake {
  readonly #known: KnownMessages;
  readonly #log: Log;
  #steps: Step[] = [];
  #isRunning = false;

  constructor(known: KnownMessages, log: Log) {
    this.#known = known;
    this.#log = log;
  }

  /** Runs at once where nothing is waiting and everything is known. What breaks in one step never stops the next. */
  push(needs: Needs, work: () => void): void {
    this.#steps.push({ needs, work });
    if (!this.#isRunning) void this.#run();
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

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let step = this.#steps.shift(); step; step = this.#steps.shift()) {
      try {
        if (!this.#isReady(step.needs)) await this.#prepare(step.needs);
        step.work();
      } catch (defect) {
        this.#log.error('a step of sync broke', { defect: defect instanceof Error ? defect.name : typeof defect });
      }
    }
    this.#isRunning = false;
  }

  #isReady(needs: Needs): boolean {
    for (const [conversation, since] of needs) if (!this.#known.reaches(conversation, since)) return false;
    return true;
  }

  async #prepare(needs: Needs): Promise<void> {
    await Promise.all([...needs].map(([conversation, since]) => this.#known.load(conversation, since)));
  }
}
