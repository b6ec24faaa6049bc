// The finder's words in every language: few enough to come with its code.
import type { FinderTexts } from '../keys/finder-texts.ts';
import type { Locale } from '../texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

export const FINDER_TEXTS: Readonly<Record<Locale, FinderTexts>> = { 'zh-CN': zhCN, en };
