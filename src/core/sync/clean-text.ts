// What somebody wrote, made fit to be shown: one kind of line end, no controls, nothing that turns the line around, a sane length.
import { LONGEST_TEXT } from '../../model/message.ts';

/** Other programs may write more than ours; beyond this it is cut, so that no message costs more than a page. */
const LONGEST_READ = LONGEST_TEXT * 4;
/** C0 and C1 without tab and line feed, the bidi overrides and isolates, and the tag characters nobody sees. */
const UNWANTED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]|\u{E0001}|[\u{E0020}-\u{E007F}]/gu;
/** Most text holds none of it: one look instead of a replacement. */
const SUSPICIOUS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB\uDB40]/;
/** Flags of regions are written with tag characters after a black flag: those stay. */
const FLAG = /\u{1F3F4}[\u{E0020}-\u{E007E}]{1,8}\u{E007F}/gu;

export function cleanText(text: string): string {
  const cut = text.length > LONGEST_READ ? cutBetweenCharacters(text, LONGEST_READ) : text;
  if (!SUSPICIOUS.test(cut)) return cut;
  return keepFlags(cut.replace(/\r\n?|[\u2028\u2029]/g, '\n'));
}

function keepFlags(text: string): string {
  if (!text.includes('\u{1F3F4}')) return text.replace(UNWANTED, '');
  let clean = '';
  let from = 0;
  for (const flag of text.matchAll(FLAG)) {
    clean += text.slice(from, flag.index).replace(UNWANTED, '') + flag[0];
    from = flag.index + flag[0].length;
  }
  return clean + text.slice(from).replace(UNWANTED, '');
}

/** Never through the middle of a surrogate pair. */
export function cutBetweenCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
