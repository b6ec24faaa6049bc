// Twenty-four characters that open what a passkey locks: 120 bits, in groups of four, without letters that look like figures.

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 24;

/** One byte for each character; five bits of it count. */
export function writeRecoveryCode(random: Uint8Array): string {
  if (random.length !== LENGTH) throw new RangeError(`A recovery code is made of ${LENGTH} bytes`);
  return grouped(Array.from(random, (byte) => LETTERS[byte & 31]).join(''));
}

/** As it was written, however it was typed. Undefined where it is none. */
export function readRecoveryCode(text: string): string | undefined {
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-–—.]/g, '');
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter)) ? grouped(letters) : undefined;
}

const grouped = (letters: string): string => letters.match(/.{4}/g)?.join('-') ?? '';
