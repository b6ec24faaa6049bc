// A failure in words: what happened and what to do next. A new kind without words is a compile error here.
import type { Failure, FailureKind } from '../model/failure.ts';
import type { FailureWords } from '../texts/keys/failure-texts.ts';
import type { Texts } from '../texts/texts.ts';

type WordsForEveryKind = { [Kind in FailureKind]: (failure: Extract<Failure, { kind: Kind }>) => FailureWords };

export function failureWords(texts: Texts, failure: Failure): FailureWords {
  const all: WordsForEveryKind = texts.failures;
  const speak = all[failure.kind] as (failure: Failure) => FailureWords;
  return speak(failure);
}

/** Both sentences, for a bar or for those who listen. */
export function failureSentence(texts: Texts, failure: Failure): string {
  const { what, next } = failureWords(texts, failure);
  return texts.locale === 'zh-CN' ? what + next : `${what} ${next}`;
}
