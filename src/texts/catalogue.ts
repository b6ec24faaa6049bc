// Which languages there are, and fetching the one that is spoken: only that one is loaded.
import type { Locale, Texts } from './texts.ts';

interface Language {
  locale: Locale;
  /** Its name in itself. */
  name: string;
  load: () => Promise<Texts>;
}

export const LANGUAGES: readonly Language[] = [
  { locale: 'zh-CN', name: '中文', load: async () => (await import('./zh-cn.ts')).zhCN },
  { locale: 'en', name: 'English', load: async () => (await import('./en.ts')).en },
];

const known = new Map<Locale, Texts>();

/** The texts, if they are here already. */
export function knownTexts(locale: Locale): Texts | undefined {
  return known.get(locale);
}

export async function loadTexts(locale: Locale): Promise<Texts> {
  const ready = known.get(locale);
  if (ready) return ready;
  const language = LANGUAGES.find((one) => one.locale === locale);
  if (!language) throw new Error(`No texts for ${locale}`);
  const texts = await language.load();
  known.set(locale, texts);
  return texts;
}
