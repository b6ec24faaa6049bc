// The one gate before every `href`, `src` and `open`. What does not pass stays text.

const WELCOME: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:', 'xmpp:']);
const LONGEST = 2048;
const FORBIDDEN = /[\s\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** The address to go to, or undefined. No credentials inside: `https://bank.example@evil.example` is a trap, not an address. */
export function gateUrl(raw: string): string | undefined {
  const url = parseUrl(raw);
  if (!url || !WELCOME.has(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  const web = url.protocol === 'http:' || url.protocol === 'https:';
  if (web ? url.hostname === '' : url.pathname === '') return undefined;
  return url.href;
}

function parseUrl(raw: string): URL | undefined {
  if (raw.length > LONGEST || FORBIDDEN.test(raw)) return undefined;
  try {
    return new URL(raw);
  } catch {
    return undefined;
  }
}

/**
 * How an address is written out. A host that mixes scripts, or uses letters that pass for Latin ones,
 * is written the way the network sees it (`xn--…`), so that nobody reads another name into it.
 */
export function writeUrl(raw: string, href: string): string {
  if (!/^https?:/.test(href)) return raw;
  const authority = /^[a-z]+:\/\/([^/?#]*)/i.exec(raw)?.[1] ?? '';
  if (isPlainHost(authority)) return raw;
  return raw.replace(authority, new URL(href).host);
}

const isPlainHost = (authority: string): boolean => /^[\x21-\x7e]*$/.test(authority) || authority.split('.').every(isHonestLabel);

/** Scripts that no Latin reader takes for Latin. Cyrillic, Greek, Armenian, Cherokee and the like are missing on purpose. */
const HONEST_LABEL =
  /^(?:[a-z0-9-]+|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}0-9ー-]+|[\p{sc=Hangul}0-9-]+|[\p{sc=Arabic}0-9-]+|[\p{sc=Hebrew}0-9-]+|[\p{sc=Thai}0-9-]+|[\p{sc=Devanagari}0-9-]+)(?::\d+)?$/u;

const isHonestLabel = (label: string): boolean => HONEST_LABEL.test(label.toLowerCase());
