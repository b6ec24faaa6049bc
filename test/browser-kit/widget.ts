// The whole widget on a stage, and what a person can do with it: look for something by its name, press it, type, listen.
import { sendKeys } from '@web/test-runner-commands';
import type { LitElement } from 'lit';
import { WarblerChat } from '../../src/elements/chat/chat.ts';
import { ensureElement, ELEMENT_TAGS } from '../../src/elements/registry.ts';
import { clearStages, deepActive, define, settle, stage, until } from './person.ts';
import { ScriptedSession } from './scripted-session.ts';

export interface WidgetWishes {
  mode?: WarblerChat['mode'];
  width?: number;
  height?: number;
  lang?: 'zh-CN' | 'en';
  theme?: 'light' | 'dark';
  open?: boolean;
  service?: string;
  prepare?: (session: ScriptedSession) => void;
}

export class Widget {
  readonly chat: WarblerChat;
  readonly session: ScriptedSession;

  private constructor(chat: WarblerChat, session: ScriptedSession) {
    this.chat = chat;
    this.session = session;
  }

  static async open(wishes: WidgetWishes = {}): Promise<Widget> {
    define('warbler-chat', WarblerChat);
    await Promise.all(ELEMENT_TAGS.map(ensureElement));
    const { mode = 'page', width = 400, height = 640, lang = 'en', theme = 'light', open = true } = wishes;
    const session = new ScriptedSession();
    wishes.prepare?.(session);
    const chat = document.createElement('warbler-chat') as WarblerChat;
    Object.assign(chat, {
      mode: mode === 'page' ? 'inline' : mode,
      theme,
      session,
      open,
      service: wishes.service ?? 'wss://chat.harbour.example/ws',
    });
    chat.lang = lang;
    const box = stage(width, height, lang);
    chat.style.setProperty('--warbler-panel-height', `${height}px`);
    box.append(chat);
    const widget = new Widget(chat, session);
    await widget.settle();
    return widget;
  }

  /** Leaves no trace for the next test. */
  static leave(): void {
    clearStages();
    sessionStorage.clear();
    localStorage.clear();
  }

  async settle(): Promise<void> {
    await settle(this.chat);
    for (const element of this.all('*')) if ('updateComplete' in element) await (element as LitElement).updateComplete;
    await settle(this.chat);
    // What fades in has no steady colour yet.
    for (const animation of this.all('*').flatMap((element) => element.getAnimations())) {
      if (animation.effect?.getTiming().iterations !== Infinity) animation.finish();
    }
  }

  /** The first match inside of all shadow roots that is in sight. */
  find<T extends HTMLElement = HTMLElement>(selector: string): T | undefined {
    return this.all(selector).find((element) => element.checkVisibility({ visibilityProperty: true })) as T | undefined;
  }

  all(selector: string): HTMLElement[] {
    const found: HTMLElement[] = [];
    const look = (root: ParentNode): void => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.matches(selector)) found.push(element);
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    if (this.chat.shadowRoot) look(this.chat.shadowRoot);
    return found;
  }

  /** A control by the name a person would call it. */
  named<T extends HTMLElement = HTMLElement>(name: string): T {
    const controls = this.all('button, input, [role="dialog"], [role^="menuitem"]').filter((control) => control.checkVisibility());
    const control = controls.find((one) => nameOf(one) === name) ?? controls.find((one) => nameOf(one).startsWith(name));
    if (!control) throw new Error(`no “${name}” among ${controls.map(nameOf).join(' | ')}`);
    return control as T;
  }

  has(name: string): boolean {
    return this.all('button, input').some((control) => control.checkVisibility() && nameOf(control).startsWith(name));
  }

  async press(name: string): Promise<void> {
    this.named(name).click();
    await this.settle();
  }

  async key(...keys: string[]): Promise<void> {
    for (const key of keys) await sendKeys({ press: key });
    await this.settle();
  }

  /** Writes into a field as typing or pasting would. */
  async write(name: string, text: string): Promise<void> {
    const field = this.named<HTMLInputElement>(name);
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await this.settle();
  }

  /** All words in sight. */
  get text(): string {
    const words: string[] = [];
    for (const element of this.all('*')) {
      if (!element.checkVisibility()) continue;
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) words.push(node.textContent ?? '');
    }
    return words.join(' ').replaceAll(/\s+/g, ' ');
  }

  /** Waits for a screen reader to be told something that contains this. */
  hear(words: string): Promise<HTMLElement> {
    const regions = (): HTMLElement[] => this.all('[aria-live], [role="status"], [role="alert"]');
    return until(() => regions().find((region) => region.textContent?.includes(words)), `the words “${words}”`);
  }

  get focused(): Element | null {
    return deepActive();
  }

  get focusedName(): string {
    return this.focused instanceof HTMLElement ? nameOf(this.focused) : '';
  }
}

function nameOf(control: HTMLElement): string {
  const own = control.getAttribute('aria-label') ?? labelFor(control) ?? contentOf(control);
  return own.replaceAll(/\s+/g, ' ').trim();
}

/** What a screen reader makes of the content: nothing that is hidden from it. */
function contentOf(control: HTMLElement): string {
  const copy = control.cloneNode(true) as HTMLElement;
  for (const silent of copy.querySelectorAll('[aria-hidden="true"]')) silent.remove();
  return copy.textContent ?? '';
}

function labelFor(control: HTMLElement): string | undefined {
  const labels = control instanceof HTMLInputElement ? control.labels : null;
  return labels?.[0]?.textContent ?? undefined;
}
