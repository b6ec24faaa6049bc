// Words that nobody but their readers may meet, and every dress in which they could be met.
import { randomBytes } from 'node:crypto';

export interface Canary {
  readonly name: string;
  /** With what is written in another way nearly everywhere: quotes, brackets, letters beyond ASCII. */
  readonly text: string;
  /** Its end: for what may hold no such signs, as the name of a file. */
  readonly plain: string;
}

export function mintCanary(name: string): Canary {
  const plain = `${name}-${randomBytes(6).toString('hex')}`;
  return { name, text: `莺 "ö" <&> ${plain}`, plain };
}

/** Which of them were met, where, and in which dress. */
export function meetCanaries(canaries: readonly Canary[], places: Readonly<Record<string, Buffer>>): string[] {
  return canaries.flatMap(({ name, text, plain }) =>
    [...dressesOf(text), ...dressesOf(plain)].flatMap(([bytes, dress]) =>
      Object.keys(places).flatMap((place) => (places[place]?.includes(bytes, 0, 'latin1') ? `${name} in ${place}, ${dress}` : [])),
    ),
  );
}

/** By its bytes, as Latin-1: many dresses of a plain word are the same. */
function dressesOf(word: string): ReadonlyMap<string, string> {
  const utf8 = Buffer.from(word);
  const utf16 = Buffer.from(word, 'utf16le');
  const each = (bytes: Buffer, write: (byte: number) => string): string => [...bytes].map(write).join('');
  const beyond = (write: (code: number) => string): string => word.replace(/[^ -~]/g, (one) => write(one.charCodeAt(0)));
  const asText: readonly (readonly [string, string])[] = [
    ['percent-encoded', encodeURIComponent(word)],
    ['percent-encoded throughout', each(utf8, (byte) => `%${hex(byte).toUpperCase()}`)],
    ['percent-encoded in small letters', each(utf8, (byte) => `%${hex(byte)}`)],
    ['hex', utf8.toString('hex')],
    ['HEX', utf8.toString('hex').toUpperCase()],
    ['JSON', JSON.stringify(word).slice(1, -1)],
    ['JSON in ASCII', beyond((code) => `\\u${hex(code, 4)}`).replaceAll('"', '\\"')],
    ['XML', escapeXml(word)],
    ['XML with numbers', escapeXml(word).replace(/[^ -~]/g, (one) => `&#${one.charCodeAt(0)};`)],
    ['bytes as Lua writes them', each(utf8, (byte) => `\\${String(byte).padStart(3, '0')}`)],
    ['bytes as Erlang writes them', [...utf8].join(',')],
    ...[0, 1, 2].map((phase) => [`base64 from byte ${phase}`, base64In(utf8, phase)] as const),
    ...[0, 1, 2].map((phase) => [`base64 of UTF-16 from byte ${phase}`, base64In(utf16, phase)] as const),
  ];
  return new Map([
    ...asText.map(([dress, text]) => [Buffer.from(text).toString('latin1'), dress] as const),
    [utf16.toString('latin1'), 'UTF-16, little end first'],
    [Buffer.from(utf16).swap16().toString('latin1'), 'UTF-16, big end first'],
    [utf8.toString('latin1'), 'as it is'],
  ]);
}

const hex = (value: number, length = 2): string => value.toString(16).padStart(length, '0');

const ENTITIES: Readonly<Record<string, string>> = { '"': '&quot;', '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const escapeXml = (word: string): string => word.replace(/["&<>]/g, (one) => ENTITIES[one] ?? one);

/** So many bytes stand before it; what their letters and those behind it have a part in is left out. */
function base64In(bytes: Buffer, phase: number): string {
  const whole = Buffer.concat([Buffer.alloc(phase), bytes]);
  return whole.subarray(0, whole.length - (whole.length % 3)).toString('base64').slice(phase === 0 ? 0 : 4); // oxfmt-ignore
}
