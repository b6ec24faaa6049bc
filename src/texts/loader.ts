// What the loader says before any other text is loaded.

export const LOADER_TEXTS = {
  zh: { open: '打开聊天', busy: '正在打开聊天…', failed: '聊天没有加载成功，点按重试' },
  en: { open: 'Open chat', busy: 'Opening chat…', failed: 'The chat did not load. Press to try again' },
} as const;

export type LoaderTexts = (typeof LOADER_TEXTS)['zh' | 'en'];

export const loaderTextsFor = (language: string): LoaderTexts => (/^zh\b/i.test(language) ? LOADER_TEXTS.zh : LOADER_TEXTS.en);
