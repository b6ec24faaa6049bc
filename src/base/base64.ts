// Bytes as base64 text and back, strictly: every run of bytes has exactly one text.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const NONE = 64;
const VALUES: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const at = DIGITS.indexOf(String.fromCharCode(code));
  return at < 0 ? NONE : at;
});

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const three = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text +=
      DIGITS[three >> 18]! +
      DIGITS[(three >> 12) & 63]! +
      (left > 1 ? DIGITS[(three >> 6) & 63]! : '=') +
      (left > 2 ? DIGITS[three & 63]! : '=');
  }
  return text;
}

/** Undefined where the text is no base64, or not the one that `toBase64` would write. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  const bytes = new Uint8Array((digits * 3) >> 2);
  let bits = 0;
  let held = 0;
  for (let at = 0, to = 0; at < digits; at++) {
    const value = VALUES[text.charCodeAt(at)] ?? NONE;
    if (value === NONE) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[to++] = bits >> held;
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : undefined;
}
