// What opens a backup: words a person chose, or a code that was made for them.

const FEWEST_WORDS = 5;
const CODE_LETTERS = 24;
/** Without letters that are taken for others: 24 of them hold 120 bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;

export type SecretStrength = 'empty' | 'too-short' | 'repeated' | 'fair' | 'good' | 'code';

/** `fair` is the least that a backup is written with. */
export function judgeSecret(typed: string): SecretStrength {
  if (readCode(typed) !== undefined) return 'code';
  const words = wordsOf(typed);
  if (words.length === 0) return 'empty';
  if (words.length < FEWEST_WORDS) return 'too-short';
  if (new Set(words).size < FEWEST_WORDS) return 'repeated';
  return words.length > FEWEST_WORDS ? 'good' : 'fair';
}

export const isStrongSecret = (typed: string): boolean => ['fair', 'good', 'code'].includes(judgeSecret(typed));

/** The same, however it was typed: the letters of a code, or the words. */
export const canonicalSecret = (typed: string): string => readCode(typed) ?? typed;

/** In six groups of four. */
export function writeCode(random: Uint8Array): string {
  const letters = Array.from({ length: CODE_LETTERS }, (_, at) => ALPHABET[(random[at] ?? 0) % ALPHABET.length]).join('');
  return (letters.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

export const CODE_RANDOM_BYTES: number = CODE_LETTERS;

/** Small letters, spaces and look-alikes are forgiven. */
function readCode(typed: string): string | undefined {
  const letters = typed.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const isCode = letters.length === CODE_LETTERS && [...letters].every((letter) => ALPHABET.includes(letter));
  return isCode ? letters : undefined;
}

/** Languages without spaces between words have words all the same. */
function wordsOf(typed: string): string[] {
  const parts = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(typed.normalize('NFKC').toLowerCase());
  return Array.from(parts).flatMap(({ segment, isWordLike }) => (isWordLike ? segment : []));
}
