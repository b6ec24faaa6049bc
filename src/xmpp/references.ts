// References in text and attribute values: the five predefined ones and numbers. A frame has no DTD, so there are no others.

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Ten digits are more than enough for the last character there is; leading zeros beyond that are a trick. */
const NUMBER = /^#(?:x([0-9a-fA-F]{1,10})|([0-9]{1,10}))$/;
const LONGEST = 12;

/** Undefined when one of them is not what it should be. */
export function readReferences(text: string): string | undefined {
  let out = '';
  let from = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', from)) {
    const end = endOf(text, at);
    const char = end < 0 ? undefined : readReference(text.slice(at + 1, end));
    if (char === undefined) return undefined;
    out += text.slice(from, at) + char;
    from = end + 1;
  }
  return out + text.slice(from);
}

/** Looks only as far as a reference may reach: a thousand ampersands without a semicolon must not cost a million steps. */
function endOf(text: string, at: number): number {
  const limit = Math.min(text.length, at + LONGEST + 2);
  for (let end = at + 1; end < limit; end++) if (text.charCodeAt(end) === 59) return end;
  return -1;
}

function readReference(name: string): string | undefined {
  const named = NAMED.get(name);
  if (named !== undefined) return named;
  const [, hex, decimal] = NUMBER.exec(name) ?? [];
  const code = hex ? parseInt(hex, 16) : decimal ? parseInt(decimal, 10) : -1;
  return isCharacter(code) ? String.fromCodePoint(code) : undefined;
}

function isCharacter(code: number): boolean {
  if (code < 32) return code === 9 || code === 10 || code === 13;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
