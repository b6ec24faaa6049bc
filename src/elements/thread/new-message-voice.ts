// Says what is new, never history: "Li: text", or how many where more than three come within two seconds; "Sent"; a failure at once.
import type { Clock } from '../../base/clock.ts';
import { isOfOthers, wordsOf, type Message, type MessageId } from '../../model/message.ts';
import type { Texts } from '../../texts/texts.ts';
import { failureWords } from '../failure-words.ts';
import { keysWords } from '../message/keys-line.ts';
import { cleanLine } from '../text/clean-text.ts';
import type { Urgency } from '../announcement.ts';
import { lastOrder, type ThreadState } from './thread-state.ts';

const WINDOW_MS = 2000;
const MOST_ALOUD = 3;
const LONGEST_ALOUD = 300;

export interface Mouth {
  texts(): Texts;
  title(): string;
  say(text: string, urgency: Urgency): void;
}

export class NewMessageVoice {
  clock: Clock;
  readonly #mouth: Mouth;
  #heardUpTo: number | undefined;
  #unsettled = new Map<MessageId, string>();
  #said = 0;
  #held = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, mouth: Mouth) {
    this.clock = clock;
    this.#mouth = mouth;
  }

  reset(): void {
    this.#heardUpTo = undefined;
    this.#unsettled.clear();
    this.#cancel?.();
    this.#cancel = undefined;
    this.#said = this.#held = 0;
  }

  /** The first look at a conversation is history, whatever it holds. */
  hear(state: ThreadState): void {
    const known = this.#heardUpTo;
    const end = lastOrder(state);
    if (known === undefined) this.#heardUpTo = state.atEnd ? end : Infinity;
    else if (known === Infinity) this.#heardUpTo = state.atEnd ? end : Infinity;
    else this.#hearNew(state, known, Math.max(end, known));
    this.#hearOutbox(state);
  }

  #hearNew(state: ThreadState, known: number, end: number): void {
    this.#heardUpTo = end;
    for (const message of state.messages)
      if ((isOfOthers(message) || message.keyChange) && (message.order ?? 0) > known) this.#sayMessage(message);
  }

  #sayMessage(message: Message): void {
    if (message.keyChange) return this.#mouth.say(keysWords(this.#mouth.texts(), message), 'polite');
    this.#cancel ??= this.clock.after(WINDOW_MS, () => this.#closeWindow());
    if (++this.#said > MOST_ALOUD) return void this.#held++;
    const texts = this.#mouth.texts();
    const text = message.content === 'unreadable' ? texts.unreadable : cleanLine(wordsOf(message)).slice(0, LONGEST_ALOUD);
    this.#mouth.say(texts.saidBy(cleanLine(message.authorName), text), 'polite');
  }

  #closeWindow(): void {
    this.#cancel = undefined;
    if (this.#held > 0) this.#mouth.say(this.#mouth.texts().manyNew(this.#held, this.#mouth.title()), 'polite');
    this.#said = this.#held = 0;
  }

  #hearOutbox(state: ThreadState): void {
    const before = this.#unsettled;
    this.#unsettled = new Map(state.outbox.map((message) => [message.id, message.outbox?.stage ?? 'queued']));
    for (const message of state.outbox) {
      const failedNow = message.outbox?.stage === 'failed' && before.has(message.id) && before.get(message.id) !== 'failed';
      if (failedNow && message.outbox?.stage === 'failed') this.#sayFailure(failureWords(this.#mouth.texts(), message.outbox.failure).what);
    }
    const arrived = new Set(state.messages.slice(-50).map((message) => message.id));
    if ([...before.keys()].some((id) => !this.#unsettled.has(id) && arrived.has(id)))
      this.#mouth.say(this.#mouth.texts().sentAnnouncement, 'polite');
  }

  #sayFailure(why: string): void {
    this.#mouth.say(this.#mouth.texts().failedAnnouncement(why), 'assertive');
  }
}
