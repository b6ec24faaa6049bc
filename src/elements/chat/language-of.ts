// The language a chat speaks: the person's choice, then the widget's `lang`, the page's, the browser's.
import { chooseLocale } from '../../texts/locale.ts';
import type { Locale } from '../../texts/texts.ts';
import { readPreferences } from './kept-view.ts';

export function languageOf(chat: Element): Locale {
  const wish = readPreferences().language ?? chat.closest('[lang]')?.getAttribute('lang');
  return chooseLocale(wish || navigator.language);
}
