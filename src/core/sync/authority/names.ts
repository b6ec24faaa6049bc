// Names that people give themselves: what may be shown of them, and whether they seem made to be taken for another.

export interface ReadName {
  /** Without anything that is invisible, turns the writing round or breaks the line. */
  name: string;
  /** Mixed scripts, look-alike letters or hidden characters: shown, but marked. */
  suspicious: boolean;
}

/** Controls, what turns the direction, what is invisible: nothing of it belongs in a name. Joiners stay between the parts of an emoji. */
const HIDDEN =
  /[\p{Cc}\u034f\p{Cs}\u180b-\u180f\p{Cn}\ufe00-\ufe0d\p{Co}\u17b4\u17b5\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
const LINE_BREAKS = /[\t-\r\u0085\u2028\u2029]+/g;
const LOOSE_JOINER =
  /(?<!\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)[\u200c\u200d]|[\u200c\u200d](?!\p{Extended_Pictographic})/gu;
/** Persian and the scripts of India use joiners inside words. */
const JOINS_WORDS =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Kannada}\p{Script=Telugu}]/u;
const LONGEST = 64;
/** More marks on one letter than any writing uses. */
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;

/** Scripts that have letters like those of another. Han, kana and Hangul mix freely with Latin and with each other. */
const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Lisu}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Georgian}/u,
  /\p{Script=Canadian_Aboriginal}/u,
];

export function readName(text: string): ReadName {
  const visible = hideNothing(text).replace(PILED_MARKS, '$1');
  const name = shorten(visible.replace(/\s+/gu, ' ').trim());
  const hadHidden = text.normalize('NFC') !== visible;
  return { name: name || '?', suspicious: hadHidden || name === '' || looksBorrowed(name) };
}

function hideNothing(text: string): string {
  const visible = text.normalize('NFC').replace(LINE_BREAKS, ' ').replace(HIDDEN, '');
  return JOINS_WORDS.test(visible) ? visible : visible.replace(LOOSE_JOINER, '');
}

/** By characters as people count them as nearly as code points allow, never through the middle of a pair. */
function shorten(name: string): string {
  const characters = [...name];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : name;
}

function looksBorrowed(name: string): boolean {
  if (SCRIPTS.filter((script) => script.test(name)).length > 1) return true;
  if (DISGUISED.test(name)) return true;
  const letters = [...name.toLowerCase()].filter((char) => /\p{L}/u.test(char));
  return letters.length > 1 && letters.every((char) => LOOK_ALIKES.has(char));
}

/** Latin letters and digits in other clothes: full-width, mathematical, circled. */
const DISGUISED = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2100-\u214f\u2460-\u24ff\u{1d400}-\u{1d7ff}\u{1f100}-\u{1f1e5}]/u;

const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  [
    ['асеорхуіјѕһԁԛԝӏкмнтвгь', 'aceopxyijshdqwlkmhtbrb'],
    ['αονρτυικχγβμωε', 'aovptuikxybuwe'],
    ['օսոհցզյ', 'ounhgqj'],
  ].flatMap(([like, latin]) => [...(like ?? '')].map((char, at) => [char, latin?.[at] ?? char] as const)),
);

/** Two names with the same shape cannot be told apart at a glance. */
export function shapeOf(name: string): string {
  const plain = hideNothing(name).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC');
  return [...plain]
    .map((char) => LOOK_ALIKES.get(char) ?? char)
    .join('')
    .replace(/[1|!]/g, 'l')
    .replace(/0/g, 'o')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/[\s._-]+/g, '');
}
