// Takes out what a sender could use to make text read differently from what it says: bidi overrides, isolates, tag characters, controls.

const UNSAFE = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

/** A flag of a region is written with tag characters after a black flag; it survives. */
const TAGGED_FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}]{1,8}\u{e007f}/gu;

export function cleanText(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll(/[\r\u2028\u2029]/g, '\n');
  if (!lines.includes('\u{1f3f4}')) return lines.replace(UNSAFE, '');
  let cleaned = '';
  let from = 0;
  for (const flag of lines.matchAll(TAGGED_FLAG)) {
    cleaned += lines.slice(from, flag.index).replace(UNSAFE, '') + flag[0];
    from = flag.index + flag[0].length;
  }
  return cleaned + lines.slice(from).replace(UNSAFE, '');
}

/** For one line: names, titles, what is spoken. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll(/\s+/g, ' ').trim();
}
