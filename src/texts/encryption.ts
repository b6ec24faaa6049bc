// The words of the sheets about keys, fetched with the first of them, in the language that is spoken.
import type { EncryptionTexts } from './keys/encryption-texts.ts';
import type { Locale } from './texts.ts';

const LOADS: Readonly<Record<Locale, () => Promise<EncryptionTexts>>> = {
  'zh-CN': async () => (await import('./zh-cn/encryption.ts')).encryption,
  en: async () => (await import('./en/encryption.ts')).encryption,
};

const known = new Map<Locale, EncryptionTexts>();

export const knownEncryptionTexts = (locale: Locale): EncryptionTexts | undefined => known.get(locale);

export async function loadEncryptionTexts(locale: Locale): Promise<EncryptionTexts> {
  const texts = known.get(locale) ?? (await LOADS[locale]());
  known.set(locale, texts);
  return texts;
}
