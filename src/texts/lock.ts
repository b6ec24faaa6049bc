// The words of the lock, fetched with its face or its sheet, in the language that is spoken.
import type { LockTexts } from './keys/lock-texts.ts';
import type { Locale } from './texts.ts';

const LOADS: Readonly<Record<Locale, () => Promise<LockTexts>>> = {
  'zh-CN': async () => (await import('./zh-cn/lock-words.ts')).lock,
  en: async () => (await import('./en/lock-words.ts')).lock,
};

const known = new Map<Locale, LockTexts>();

export const knownLockTexts = (locale: Locale): LockTexts | undefined => known.get(locale);

export async function loadLockTexts(locale: Locale): Promise<LockTexts> {
  const texts = known.get(locale) ?? (await LOADS[locale]());
  known.set(locale, texts);
  return texts;
}
