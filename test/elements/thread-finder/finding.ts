// A reader who looks for something: opens the finder, types, steps, chooses a day.
import { ensureElement } from '../../../src/elements/registry.ts';
import { deepActive, listen, press, until } from '../../browser-kit/person.ts';
import { Reader, type Opening } from '../thread/reader.ts';

export class Finding {
  readonly reader: Reader;
  readonly heard: { text: string }[];

  private constructor(reader: Reader) {
    this.reader = reader;
    this.heard = listen(this.root.host);
  }

  static async open(opening: Opening = {}): Promise<Finding> {
    await ensureElement('warbler-thread-finder');
    const reader = await Reader.open(opening);
    reader.thread.focus();
    return new Finding(reader);
  }

  get root(): ShadowRoot {
    return this.reader.find('warbler-thread-finder')?.shadowRoot as ShadowRoot;
  }

  get field(): HTMLInputElement | null {
    return this.root.querySelector('input');
  }

  get count(): string {
    return this.root.querySelector('.count')?.textContent?.trim() ?? '';
  }

  get status(): string {
    return this.root.querySelector('.status span')?.textContent?.trim() ?? '';
  }

  /** Ids of the messages that are marked as just arrived at. */
  get marked(): string[] {
    return this.reader.all('[data-found]').map((one) => one.dataset['id'] ?? '');
  }

  pressFind(): KeyboardEvent {
    const isApple = /Mac|iP/.test(navigator.platform);
    return press('f', isApple ? { metaKey: true } : { ctrlKey: true });
  }

  async begin(): Promise<KeyboardEvent> {
    const event = this.pressFind();
    await until(() => this.field !== null && deepActive() === this.field, 'the field');
    return event;
  }

  async type(words: string): Promise<void> {
    const { field } = this;
    if (!field) throw new Error('no field');
    field.value = words;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await this.reader.settle();
  }

  async find(words: string): Promise<void> {
    await this.begin();
    await this.type(words);
    await until(() => this.count !== '' && !this.count.endsWith('…'), 'the end of the search');
    await this.reader.settle();
  }

  async key(key: string, init: KeyboardEventInit = {}): Promise<void> {
    press(key, init);
    await this.reader.settle();
  }

  async press(name: string): Promise<void> {
    this.reader.button(name, this.root).click();
    await this.reader.settle();
  }

  async goTo(day: string): Promise<void> {
    const { field } = this;
    if (!field) throw new Error('no field');
    field.value = day;
    field.form?.requestSubmit();
    await this.reader.settle();
  }
}
