// The typed list of everything the widget says. A language is one object of this type, so a missing word is a compile error.
//
// To add a word: one key in the group it belongs to here, then the same key in `zh-cn/` and `en/` in the same change.
// A sentence with a gap is a function of plain values, never a string to be glued. Plurals go through `plural.ts`,
// dates through `dates.ts`. Names and texts of people come in as they are; the element isolates their direction.
import type { ComposerTexts } from './keys/composer-texts.ts';
import type { DateTexts } from './keys/date-texts.ts';
import type { FailureTexts } from './keys/failure-texts.ts';
import type { ListTexts } from './keys/list-texts.ts';
import type { ShellTexts } from './keys/shell-texts.ts';
import type { SignInTexts } from './keys/sign-in-texts.ts';
import type { ThreadTexts } from './keys/thread-texts.ts';
import type { TrustTexts } from './keys/trust-texts.ts';

export interface Texts extends ShellTexts, SignInTexts, ListTexts, ThreadTexts, TrustTexts, ComposerTexts {
  /** BCP 47, also for figures. */
  locale: Locale;
  direction: 'ltr' | 'rtl';
  dates: DateTexts;
  /** What happened and what to do next, by the failure's kind. */
  failures: FailureTexts;
}

export type Locale = 'zh-CN' | 'en';

export type { FailureWords } from './keys/failure-texts.ts';
