// Bytes and key numbers as XML carries them. Some break long base64 into lines; beyond that it has to be exact.
import { fromBase64, toBase64 } from '../base/base64.ts';
import { textOf, type Element } from './xml.ts';

/** XML Schema's unsignedInt. */
const LARGEST_ID = 2 ** 32 - 1;

export function bytesIn(element: Element | undefined): Uint8Array<ArrayBuffer> | undefined {
  const text = textOf(element)?.replaceAll(/[\t\n\r ]/g, '');
  const bytes = text ? fromBase64(text) : undefined;
  // Some texts say the same bytes with other stray bits: a key has one text.
  return bytes && toBase64(bytes) === text ? bytes : undefined;
}

export function readKeyId(text: string | undefined): number | undefined {
  const id = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return id <= LARGEST_ID ? id : undefined;
}
