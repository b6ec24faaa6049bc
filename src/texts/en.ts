// English.
import type { Texts } from './texts.ts';
import { composer } from './en/composer.ts';
import { dates } from './en/dates.ts';
import { failures } from './en/failures.ts';
import { list } from './en/list.ts';
import { shell } from './en/shell.ts';
import { signIn } from './en/sign-in.ts';
import { thread } from './en/thread.ts';
import { trust } from './en/trust.ts';

export const en: Texts = {
  locale: 'en',
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
