// Judges what people saw: every message that was taken is shown exactly once to everybody it is meant for, each sender's in their order,
// the same order on every screen, nothing nobody wrote; and no message ever takes back how far it had come.
import { deliveryState, type DeliveryState, type Message, type MessageId, type ReadMarks } from '../../src/model/message.ts';

export interface Seen {
  id: MessageId;
  /** Sender and number, as `numbered` writes them. */
  text: string;
  own: boolean;
}

export interface Screen {
  /** Whose: screens of one person must agree in order. */
  person: string;
  rows: readonly Seen[];
}

export type Finding =
  | { what: 'lost' | 'doubled'; text: string; on: string }
  | { what: 'phantom'; text: string; on: string }
  | { what: 'disorder'; text: string; after: string; on: string }
  | { what: 'unlike'; on: string; and: string }
  | { what: 'went back'; id: string; from: DeliveryState; to: DeliveryState; on: string };

const RANKS: Readonly<Record<DeliveryState, number>> = { failed: 0, queued: 0, sending: 0, sent: 1, delivered: 2, read: 3 };

export const numbered = (sender: string, number: number): string => `${sender} ${number}`;

export class HistoryChecker {
  readonly #accepted = new Map<string, number[]>();
  readonly #reached = new Map<string, DeliveryState>();
  readonly #findings: Finding[] = [];

  /** The core answered that it has it: from now on it may not be lost. */
  accepted(sender: string, number: number): void {
    this.#accepted.set(sender, [...(this.#accepted.get(sender) ?? []), number]);
  }

  acceptedCount(): number {
    return [...this.#accepted.values()].reduce((sum, numbers) => sum + numbers.length, 0);
  }

  /** Whatever a page showed on the way: states may wait, never go back. */
  watch(person: string, messages: readonly Message[], marks: ReadMarks): void {
    for (const message of messages) if (message.own) this.#watchOne(person, message, deliveryState(message, marks));
  }

  judge(screens: readonly Screen[]): readonly Finding[] {
    for (const screen of screens) this.#judgeScreen(screen);
    for (const [at, screen] of screens.entries()) {
      const twin = screens.slice(0, at).find((other) => other.person === screen.person);
      if (twin && twin.rows.map((row) => row.text).join() !== screen.rows.map((row) => row.text).join()) {
        this.#findings.push({ what: 'unlike', on: screen.person, and: twin.person });
      }
    }
    return this.#findings;
  }

  #watchOne(person: string, { id }: Message, state: DeliveryState): void {
    const key = `${person} ${id}`;
    const before = this.#reached.get(key);
    if (before && RANKS[state] < RANKS[before]) this.#findings.push({ what: 'went back', id, from: before, to: state, on: person });
    this.#reached.set(key, state);
  }

  #judgeScreen({ person, rows }: Screen): void {
    const counts = new Map<string, number>();
    const newest = new Map<string, number>();
    for (const { text } of rows) {
      counts.set(text, (counts.get(text) ?? 0) + 1);
      const [sender = '', number = ''] = text.split(' ');
      const before = newest.get(sender) ?? -Infinity;
      if (Number(number) < before) this.#findings.push({ what: 'disorder', text, after: numbered(sender, before), on: person });
      newest.set(sender, Math.max(before, Number(number)));
      if (!this.#accepted.get(sender)?.includes(Number(number))) this.#findings.push({ what: 'phantom', text, on: person });
    }
    for (const [sender, numbers] of this.#accepted) {
      for (const number of numbers) {
        const text = numbered(sender, number);
        const count = counts.get(text) ?? 0;
        if (count !== 1) this.#findings.push({ what: count === 0 ? 'lost' : 'doubled', text, on: person });
      }
    }
  }
}
