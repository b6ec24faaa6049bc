// The words about files, fetched with the first of them, in the language that is spoken.
import type { FileTexts } from './keys/file-texts.ts';
import type { Locale } from './texts.ts';

const LOADS: Readonly<Record<Locale, () => Promise<FileTexts>>> = {
  'zh-CN': async () => (await import('./zh-cn/files.ts')).files,
  en: async () => (await import('./en/files.ts')).files,
};

const known = new Map<Locale, FileTexts>();

export const knownFileTexts = (locale: Locale): FileTexts | undefined => known.get(locale);

export async function loadFileTexts(locale: Locale): Promise<FileTexts> {
  const texts = known.get(locale) ?? (await LOADS[locale]());
  known.set(locale, texts);
  return texts;
}
