// XML names: one table for ASCII, one expression for all else.

const NOT = 0;
const LATER = 1;
const FIRST = 2;

/** By ASCII code: 0 ends a name, 1 may stand in a name but not begin it, 2 may begin it. The colon counts as part of it. */
export const NAME_CHARS: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(char: string): number {
  if (/[A-Za-z_]/.test(char)) return FIRST;
  return /[-.0-9:]/.test(char) ? LATER : NOT;
}

const START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}' +
  '\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const UNPREFIXED = new RegExp(`^[${START}][-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}${START}]*$`, 'u');

/** `colon` is its place, -1 without one. ASCII names hold only characters of the table already, so their beginnings decide. */
export function isName(name: string, colon: number, beyondAscii: boolean): boolean {
  if (beyondAscii) {
    if (colon < 0) return UNPREFIXED.test(name);
    return UNPREFIXED.test(name.slice(0, colon)) && UNPREFIXED.test(name.slice(colon + 1));
  }
  return NAME_CHARS[name.charCodeAt(0)] === FIRST && (colon < 0 || NAME_CHARS[name.charCodeAt(colon + 1)] === FIRST);
}
