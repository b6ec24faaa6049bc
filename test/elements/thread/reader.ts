// A person who reads a thread: sees bubbles in the view, scrolls, presses keys.
import { Thread } from '../../../src/elements/thread/thread.ts';
import { loadTexts } from '../../../src/texts/catalogue.ts';
import type { Locale } from '../../../src/texts/texts.ts';
import type { Message, ReadMarks } from '../../../src/model/message.ts';
import { fakeClock, type FakeClock } from '../../kit/fake-clock.ts';
import { clearStages, define, frame, listen, settle, stage, until } from '../../browser-kit/person.ts';
import { LI, messageAt, ScriptedSession } from '../../browser-kit/scripted-session.ts';

define('warbler-thread', Thread);

export interface Opening {
  messages?: readonly Message[];
  marks?: Partial<ReadMarks>;
  lang?: Locale;
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
  prepare?: (session: ScriptedSession) => void;
}

export const NOW: number = 1_753_000_000_000 + 12 * 3_600_000;

export class Reader {
  readonly session: ScriptedSession = new ScriptedSession();
  readonly clock: FakeClock = fakeClock(NOW);
  readonly heard: { text: string; urgency: string }[];
  readonly box: HTMLElement;
  readonly thread: Thread;

  private constructor(thread: Thread, box: HTMLElement) {
    this.thread = thread;
    this.box = box;
    this.heard = listen(thread);
  }

  static async open(opening: Opening = {}): Promise<Reader> {
    const { lang = 'en', theme = 'light', width = 400, height = 480 } = opening;
    await loadTexts(lang);
    const box = stage(width, height, lang);
    const thread = new Thread();
    const reader = new Reader(thread, box);
    const { session } = reader;
    session.add({ id: LI, title: '李雯' }, opening.messages ?? many(30), { readUpTo: Infinity, ...opening.marks });
    opening.prepare?.(session);
    thread.clock = reader.clock;
    thread.session = session;
    thread.conversation = LI;
    thread.setAttribute('theme', theme);
    box.append(thread);
    await settle(thread);
    return reader;
  }

  static leave(): void {
    clearStages();
  }

  get root(): ShadowRoot {
    if (!this.thread.shadowRoot) throw new Error('the thread has no shadow root');
    return this.thread.shadowRoot;
  }

  get log(): HTMLElement {
    const log = this.root.querySelector<HTMLElement>('[role="log"]');
    if (!log) throw new Error('no messages are shown');
    return log;
  }

  find(selector: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(selector);
  }

  all(selector: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(selector)];
  }

  bubble(id: string): HTMLElement {
    const bubble = this.find(`[data-id="${id}"]`);
    if (!bubble) throw new Error(`${id} is not drawn`);
    return bubble;
  }

  button(name: string, within: ParentNode = this.root): HTMLButtonElement {
    const named = [...within.querySelectorAll('button')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === name,
    );
    if (!named) throw new Error(`no button ${name}`);
    return named;
  }

  /** How far a bubble stands from the upper edge. */
  offset(id: string): number {
    return this.bubble(id).getBoundingClientRect().top - this.log.getBoundingClientRect().top;
  }

  get distanceFromEnd(): number {
    return this.log.scrollHeight - this.log.clientHeight - this.log.scrollTop;
  }

  /** Ids of the bubbles in the view, top to bottom. */
  inView(): string[] {
    const view = this.log.getBoundingClientRect();
    return this.all('[role="article"]')
      .filter((bubble) => bubble.getBoundingClientRect().bottom > view.top + 1 && bubble.getBoundingClientRect().top < view.bottom - 1)
      .map((bubble) => bubble.dataset['id'] ?? '');
  }

  async scrollBy(px: number): Promise<void> {
    this.log.scrollTop += px;
    await settle(this.thread);
  }

  /** Up in steps that a wheel makes, until no older message comes. */
  async scrollToStart(): Promise<void> {
    await until(() => {
      this.log.scrollTop = 0;
      return this.find('[part="start"]');
    }, 'the start of the conversation');
    await settle(this.thread);
  }

  /** Up, page after page, until a message is in view. */
  async scrollUpTo(id: string): Promise<void> {
    for (let count = 0; count < 200; count++) {
      this.log.scrollTop = 0;
      await frame();
      if (this.inView().includes(id)) return this.settle();
    }
    throw new Error(`${id} did not come into view`);
  }

  settle(): Promise<void> {
    return settle(this.thread);
  }
}

/** Messages 1 to `count` of changing length, one in four one's own. */
export function many(count: number, from: number = 1): Message[] {
  return Array.from({ length: count }, (_, index) => {
    const order = from + index;
    return messageAt(order, { own: order % 4 === 0, text: `message ${order} ${'and on '.repeat((order * 7) % 23)}`.trim() });
  });
}
