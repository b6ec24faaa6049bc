// Which of our languages is spoken to somebody.
import type { Locale } from './texts.ts';

/** The nearest language we speak: any Chinese gets 中文, all others English. */
export function chooseLocale(wish: string | null | undefined): Locale {
  return /^zh\b/i.test(wish ?? '') ? 'zh-CN' : 'en';
}
