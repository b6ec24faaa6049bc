// What a sender calls a file, made safe to show and to save under.
import { cleanText, cutBetweenCharacters } from './clean-text.ts';

const LONGEST_NAME = 120;
/** So much of a long name's end is kept: its ending must be plain to see. */
const LONGEST_END = 40;
/** Marks of direction, and signs that nobody sees: with them an ending hides, or seems to be another. */
const UNSEEN =
  /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2060-\u2065\u206A-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0]/g;
/** Signs that systems do not take, or read as something else. */
const UNTAKEN = /[<>:"|?*]/g;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/i;
const NAMELESS = 'file';

const TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/;
export const ANY_TYPE = 'application/octet-stream';

export function cleanFileName(said: string): string {
  const last =
    said
      .slice(-1_000)
      .split(/[/\\\u2044\u2215\u29F8\uFF0F\uFF3C]/)
      .at(-1) ?? '';
  const shown = cleanText(last.replace(UNSEEN, '').replace(/[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g, ' '));
  const plain = shown
    .replace(UNTAKEN, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (plain === '') return NAMELESS;
  return shortened(RESERVED.test(plain) ? `_${plain}` : plain);
}

/** Without what is written behind it, such as which letters it uses. */
export function cleanType(said: string | undefined): string {
  const type = (said ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return TYPE.test(type) ? type : ANY_TYPE;
}

function shortened(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const end = name.slice(-LONGEST_END).replace(/^[\uDC00-\uDFFF]/, '');
  return `${cutBetweenCharacters(name, LONGEST_NAME - LONGEST_END - 1)}…${end}`;
}
