// Text as it is compared when somebody looks for it: without case, width, accents or the forms of one character.
// Character by character, so that whoever marks what was found can tell where it stood.

const ACCENTS = /[\u0300-\u036f]/g;
const FINAL_SIGMA = /ς/g;

export const foldText = (text: string): string => text.normalize('NFKD').toLowerCase().replace(ACCENTS, '').replace(FINAL_SIGMA, 'σ');

/** What somebody looks for: blanks around it are not meant. */
export const foldWords = (words: string): string => foldText(words).trim();
