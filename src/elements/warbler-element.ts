// What every element has in common: its words, its theme where nobody above wears one, and a voice.
import { ContextConsumer, type Context } from '@lit/context';
import { LitElement, type ReactiveElement } from 'lit';
import { tokens } from '../styles/tokens.ts';
import { chooseLocale, knownTexts, loadTexts } from '../texts/catalogue.ts';
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

  constructor() {
    super();
    this.#consume(textsContext, (texts) => {
      this.texts = texts;
      this.requestUpdate();
    });
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

  protected override shouldUpdate(): boolean {
    return this.texts !== undefined;
  }

  /** Whether no Warbler element above cares for theme and voice. */
  protected standsAlone = true;

  protected announce(text: string, urgency: Urgency = 'polite'): void {
    announce(this, text, urgency);
  }

  #consume<T>(context: Context<unknown, T>, receive: (value: T) => void): void {
    new ContextConsumer<Context<unknown, T>, ReactiveElement>(this, { context, subscribe: true, callback: receive });
  }

  #useOwnTexts(): void {
    const locale = chooseLocale(this.closest('[lang]')?.getAttribute('lang') || navigator.language);
    const ready = knownTexts(locale);
    if (ready) this.texts = ready;
    else void loadTexts(locale).then((texts) => this.#acceptOwn(texts));
  }

  #acceptOwn(texts: Texts): void {
    this.texts ??= texts;
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
