// Words that are not needed before somebody presses something: few enough to come in every language with the code that says them.
import type { LateTexts } from '../keys/late-texts.ts';
import type { Locale } from '../texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

export const LATE_TEXTS: Readonly<Record<Locale, LateTexts>> = { 'zh-CN': zhCN, en };
