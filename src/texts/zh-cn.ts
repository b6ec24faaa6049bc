// 中文（简体）。
import type { Texts } from './texts.ts';
import { composer } from './zh-cn/composer.ts';
import { dates } from './zh-cn/dates.ts';
import { failures } from './zh-cn/failures.ts';
import { list } from './zh-cn/list.ts';
import { shell } from './zh-cn/shell.ts';
import { signIn } from './zh-cn/sign-in.ts';
import { thread } from './zh-cn/thread.ts';
import { trust } from './zh-cn/trust.ts';

export const zhCN: Texts = {
  locale: 'zh-CN',
  direction: 'ltr',
  ...shell,
  ...signIn,
  ...list,
  ...thread,
  ...trust,
  ...composer,
  dates,
  failures,
};
