// Words and looks of a widget or provider: the page's wish, the person's choice, and all below told at once.
import { ContextProvider } from '@lit/context';
import type { LitElement, ReactiveController } from 'lit';
import { loadTexts } from '../../texts/catalogue.ts';
import type { Locale, Texts } from '../../texts/texts.ts';
import { appearanceContext, type Appearance } from '../contexts/appearance.ts';
import { textsContext } from '../contexts/texts.ts';
import { keepPreferences, readPreferences, type Preferences } from './kept-view.ts';
import { languageOf } from './language-of.ts';

/** The words are a file of their own; a network that fails may come back. */
const AGAIN_MS = 3000;

export class ChatLooks implements ReactiveController {
  texts: Texts | undefined;
  /** Settles with the first words. */
  readonly spoken: Promise<void>;

  #settle: () => void = () => {};
  readonly #host: LitElement & { theme: Appearance['theme'] };
  readonly #texts: ContextProvider<typeof textsContext>;
  readonly #appearance: ContextProvider<typeof appearanceContext>;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement & { theme: Appearance['theme'] }) {
    this.#host = host;
    this.spoken = new Promise((resolve) => (this.#settle = resolve));
    this.#texts = new ContextProvider(host, { context: textsContext });
    this.#appearance = new ContextProvider(host, { context: appearanceContext, initialValue: { theme: 'auto', columns: 'one' } });
    host.addController(this);
  }

  hostConnected(): void {
    const { theme } = readPreferences();
    if (theme) this.#host.theme = theme;
    this.chooseTexts();
  }

  hostDisconnected(): void {
    clearTimeout(this.#again);
  }

  wear(appearance: Appearance): void {
    this.#appearance.setValue(appearance);
  }

  prefer(preferences: Preferences): void {
    keepPreferences(preferences);
    if (preferences.theme) this.#host.theme = preferences.theme;
    if (preferences.language) this.chooseTexts();
  }

  chooseTexts(): void {
    if (!this.#host.isConnected) return;
    const locale = languageOf(this.#host);
    clearTimeout(this.#again);
    loadTexts(locale).then(
      (texts) => this.#speak(texts, locale),
      () => (this.#again = setTimeout(() => this.chooseTexts(), AGAIN_MS)),
    );
  }

  #speak(texts: Texts, locale: Locale): void {
    this.texts = texts;
    this.#texts.setValue(texts);
    this.#settle();
    for (const region of this.#host.shadowRoot?.querySelectorAll('.spoken') ?? []) region.setAttribute('lang', locale);
    this.#host.requestUpdate();
  }
}
