// A person who writes: a composer alone on a stage, with a session that follows a script.
import { Composer } from '../../../src/elements/composer/composer.ts';
import type { ConversationId } from '../../../src/model/conversation.ts';
import { loadTexts } from '../../../src/texts/catalogue.ts';
import type { Locale } from '../../../src/texts/texts.ts';
import { define, listen, settle, stage } from '../../browser-kit/person.ts';
import { LI, ScriptedSession } from '../../browser-kit/scripted-session.ts';
import { fakeClock, type FakeClock } from '../../kit/fake-clock.ts';

define('warbler-composer', Composer);

export const OMAR: ConversationId = 'omar@warbler.example' as ConversationId;

export class Writer {
  readonly session: ScriptedSession = new ScriptedSession();
  readonly clock: FakeClock = fakeClock();
  readonly composer: Composer = new Composer();
  readonly heard: { text: string; urgency: string }[] = listen(this.composer);
  box!: HTMLElement;

  static async open(prepare: (session: ScriptedSession) => void = () => undefined, lang: Locale = 'en', theme = 'light'): Promise<Writer> {
    await loadTexts(lang);
    const writer = new Writer();
    writer.session.add({ id: LI, title: '李雯' }).add({ id: OMAR, title: 'Omar' });
    prepare(writer.session);
    writer.box = stage(400, 300, lang);
    writer.composer.clock = writer.clock;
    writer.composer.session = writer.session;
    writer.composer.conversation = LI;
    writer.composer.setAttribute('theme', theme);
    writer.box.append(writer.composer);
    await writer.settle();
    return writer;
  }

  get area(): HTMLTextAreaElement {
    const area = this.composer.shadowRoot?.querySelector('textarea');
    if (!area) throw new Error('there is nowhere to write');
    return area;
  }

  get button(): HTMLButtonElement | null {
    return this.composer.shadowRoot?.querySelector<HTMLButtonElement>('.send') ?? null;
  }

  text(selector: string): string {
    return this.composer.shadowRoot?.querySelector(selector)?.textContent?.trim() ?? '';
  }

  async write(text: string): Promise<void> {
    this.area.focus();
    this.area.value = text;
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
    await this.settle();
  }

  async press(key: string, init: KeyboardEventInit = {}): Promise<KeyboardEvent> {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true, ...init });
    this.area.dispatchEvent(event);
    await this.settle();
    return event;
  }

  get sent(): string[] {
    return this.session.asked('sendMessage').map(([, draft]) => (draft as { text: string }).text);
  }

  settle(): Promise<void> {
    return settle(this.composer);
  }
}
