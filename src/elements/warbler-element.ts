// What every element has in common: its words, its theme where nobody above wears one, and a voice.
import { ContextConsumer, type Context } from '@lit/context';
import { LitElement, type ReactiveElement } from 'lit';
import { tokens } from '../styles/tokens.ts';
import { knownTexts, loadTexts } from '../texts/catalogue.ts';
import { chooseLocale } from '../texts/locale.ts';
import type { Texts } from '../texts/texts.ts';
import { announce, type Urgency } from './announcement.ts';
import { Announcer } from './announcer.ts';
import { appearanceContext } from './contexts/appearance.ts';
import { textsContext } from './contexts/texts.ts';

/** Renders once there are words: from the provider above, or its own in the page's language. */
export abstract class WarblerElement extends LitElement {
  /** Never read before the first render. */
  protected texts!: Texts;

  #voice: Announcer | undefined;
  readonly #spoken = waiting();

  constructor() {
    super();
    this.#consume(textsContext, (texts) => this.#speak(texts));
    this.#consume(appearanceContext, () => this.#standBelow());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.texts === undefined) this.#useOwnTexts();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (this.standsAlone && root instanceof ShadowRoot) this.#dress(root);
    return root;
  }

  /** Waits for the words; what changed meanwhile is not forgotten. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.texts === undefined ? this.#spoken.promise.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  /** Whether no Warbler element above cares for theme and voice. */
  protected standsAlone = true;

  protected announce(text: string, urgency: Urgency = 'polite'): void {
    announce(this, text, urgency);
  }

  #consume<T>(context: Context<unknown, T>, receive: (value: T) => void): void {
    this.addController(new ContextConsumer<Context<unknown, T>, ReactiveElement>(this, { context, subscribe: true, callback: receive }));
  }

  #useOwnTexts(): void {
    const locale = chooseLocale(this.closest('[lang]')?.getAttribute('lang') || navigator.language);
    const ready = knownTexts(locale);
    if (ready) this.#speak(ready);
    else void loadTexts(locale).then((texts) => this.texts ?? this.#speak(texts));
  }

  #speak(texts: Texts | undefined): void {
    if (!texts) return;
    this.texts = texts;
    this.#spoken.settle();
    this.requestUpdate();
  }

  #dress(root: ShadowRoot): void {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheetOf(tokens)];
    this.#voice = new Announcer(this, root);
  }

  /** A provider turned up, perhaps after us. */
  #standBelow(): void {
    if (!this.standsAlone) return;
    this.standsAlone = false;
    const root = this.shadowRoot;
    if (root) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== tokens.styleSheet);
    this.#voice?.silence();
  }
}

const sheetOf = (style: typeof tokens): CSSStyleSheet => {
  if (!style.styleSheet) throw new Error('Warbler needs constructable style sheets');
  return style.styleSheet;
};

function waiting(): { promise: Promise<void>; settle: () => void } {
  let settle = (): void => {};
  const promise = new Promise<void>((resolve) => (settle = resolve));
  return { promise, settle };
}
