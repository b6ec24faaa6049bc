// What a first thread needs, by name: the bundler puts it in. Fetched all at once, nothing waits for what asks for it.
import type { Locale } from '../texts/texts.ts';

export interface FirstFiles {
  always: readonly string[];
  /** The words. */
  language: Readonly<Record<Locale, string>>;
}

declare const __WARBLER_FIRST_FILES__: FirstFiles | undefined;

/**
 * Whoever bundles the code anew has other files, and unbuilt source has none. A file that fails is asked for again by whoever needs it.
 * Which words they are is asked for apart: what the person chose lies on the disk, and reading it takes longer than all else here.
 */
export function fetchAhead(): (locale: Locale) => void {
  if (typeof __WARBLER_FIRST_FILES__ !== 'object' || !new URL(import.meta.url).pathname.endsWith('/define.js')) return () => {};
  const { always, language } = __WARBLER_FIRST_FILES__;
  const fetch = (file: string): void => void import(/* @vite-ignore */ new URL(file, import.meta.url).href).catch(() => undefined);
  always.forEach(fetch);
  return (locale) => fetch(language[locale]);
}
