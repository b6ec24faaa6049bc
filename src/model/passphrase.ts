// How hard a passphrase is to guess, in words. What a dictionary or a keyboard gives away is not known here: it is a lower bar, and says so.

/** `short`: a screen lock at best. `plain`: long enough, but of too few different characters. */
export type Strength = 'empty' | 'short' | 'plain' | 'good' | 'strong';

const LEAST_LENGTH = 12;
const LEAST_WORDS = 5;
/** A Chinese character says more than a letter. */
const IDEOGRAPH = /\p{Script=Han}/gu;

/** The same bytes, whatever keyboard it was typed on. */
export const normalized = (text: string): string => text.normalize('NFKC').trim();

export function strengthOf(given: string): Strength {
  const text = normalized(given);
  if (text === '') return 'empty';
  const words = new Set(text.split(/\s+/).filter((word) => word.length > 1)).size;
  const length = [...text].length + (text.match(IDEOGRAPH)?.length ?? 0);
  const isLong = length >= LEAST_LENGTH || words >= LEAST_WORDS;
  if (!isLong) return 'short';
  if (isPlain(text)) return 'plain';
  return words > LEAST_WORDS || length >= LEAST_LENGTH * 2 ? 'strong' : 'good';
}

export const isStrongEnough = (text: string): boolean => strengthOf(text) === 'good' || strengthOf(text) === 'strong';

/** Few different characters, nothing but figures, one piece over and over, or neighbours in the alphabet. */
function isPlain(text: string): boolean {
  const letters = [...text.toLowerCase()];
  if (new Set(letters).size < 7 || /^[\d\s./-]+$/.test(text) || /^(.{1,8}?)\1+$/su.test(text)) return true;
  const steps = letters.slice(1).map((letter, at) => (letter.codePointAt(0) ?? 0) - (letters[at]?.codePointAt(0) ?? 0));
  return steps.filter((step) => Math.abs(step) <= 1).length > letters.length / 2;
}
