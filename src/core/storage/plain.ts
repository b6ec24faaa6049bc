// Records as bytes: JSON that also keeps byte arrays and infinities, and refuses what would not come back as it went in.
const MARK = '$';

export const encodePlain = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(wrap(value)));

export const decodePlain = (bytes: Uint8Array): unknown => unwrap(JSON.parse(new TextDecoder().decode(bytes)) as unknown);

function wrap(value: unknown): unknown {
  if (typeof value === 'number') return wrapNumber(value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => wrap(item ?? null));
  if (value instanceof Uint8Array) return { [`${MARK}bytes`]: textOfBytes(value) };
  if (typeof value === 'object' && isPlain(value)) return wrapObject(value);
  throw new TypeError(`Only plain data can be stored, not ${Object.prototype.toString.call(value)}`);
}

function wrapNumber(value: number): unknown {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) throw new TypeError('NaN cannot be stored');
  return { [`${MARK}number`]: value > 0 ? '+' : '-' };
}

/** A key that begins with the mark is doubled, so that no stored object can pose as bytes or a number. */
function wrapObject(value: object): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key.startsWith(MARK) ? MARK + key : key, wrap(item)]));
}

function unwrap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unwrap);
  const entries = Object.entries(value);
  const [only] = entries;
  if (only?.[0] === `${MARK}bytes`) return bytesOfText(String(only[1]));
  if (only?.[0] === `${MARK}number`) return only[1] === '+' ? Infinity : -Infinity;
  return Object.fromEntries(entries.map(([key, item]) => [key.startsWith(MARK) ? key.slice(1) : key, unwrap(item)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function textOfBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const bytesOfText = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
